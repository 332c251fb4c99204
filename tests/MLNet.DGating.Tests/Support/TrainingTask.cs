using Microsoft.ML;

namespace MLNet.DGating.Tests.Support;

/// <summary>What differs between the tasks, so that a test can be written once for all of them.</summary>
/// <param name="Label">The label column of <see cref="DataRow"/> and <see cref="ContractRow"/>.</param>
/// <param name="LabelType">What the label must be, in ML.NET's words.</param>
/// <param name="Model">The model parameters' type.</param>
/// <param name="NewOptions">Options of the task.</param>
/// <param name="Create">A trainer from options, through the catalog.</param>
/// <param name="CreateSimply">A trainer from label, features, weight, count, λ and gate depth, through the catalog.</param>
/// <param name="FitWithValidation">Fit(train, validation) of a trainer.</param>
/// <param name="Quality">Accuracy or R² of scored rows, by ML.NET's evaluator.</param>
internal sealed record TrainingTask(
    string Label,
    string LabelType,
    Type Model,
    Func<DGatingTrainerOptions> NewOptions,
    Func<MLContext, DGatingTrainerOptions?, IEstimator<ITransformer>> Create,
    Func<MLContext, string, string, string?, int?, double?, double, IEstimator<ITransformer>> CreateSimply,
    Func<IEstimator<ITransformer>, IDataView, IDataView, ITransformer> FitWithValidation,
    Func<MLContext, IDataView, double> Quality)
{
    public static TrainingTask Get(string task) => task switch
    {
        "binary" => new("Flag", "Boolean", typeof(DGatingBinaryModelParameters), () => new DGatingBinaryTrainer.Options(),
            (context, options) => context.BinaryClassification.Trainers.DGating((DGatingBinaryTrainer.Options)options!),
            (context, label, features, weight, count, lambda, depth) =>
                context.BinaryClassification.Trainers.DGating(label, features, weight, count, lambda, depth),
            (trainer, train, validation) => ((DGatingBinaryTrainer)trainer).Fit(train, validation),
            (context, scored) => context.BinaryClassification.Evaluate(scored, "Flag").Accuracy),
        "multiclass" => new("Kind", "Key<UInt32>", typeof(DGatingMulticlassModelParameters), () => new DGatingMulticlassTrainer.Options(),
            (context, options) => context.MulticlassClassification.Trainers.DGating((DGatingMulticlassTrainer.Options)options!),
            (context, label, features, weight, count, lambda, depth) =>
                context.MulticlassClassification.Trainers.DGating(label, features, weight, count, lambda, depth),
            (trainer, train, validation) => ((DGatingMulticlassTrainer)trainer).Fit(train, validation),
            (context, scored) => context.MulticlassClassification.Evaluate(scored, "Kind").MicroAccuracy),
        "regression" => new("Target", "Single", typeof(DGatingRegressionModelParameters), () => new DGatingRegressionTrainer.Options(),
            (context, options) => context.Regression.Trainers.DGating((DGatingRegressionTrainer.Options)options!),
            (context, label, features, weight, count, lambda, depth) =>
                context.Regression.Trainers.DGating(label, features, weight, count, lambda, depth),
            (trainer, train, validation) => ((DGatingRegressionTrainer)trainer).Fit(train, validation),
            (context, scored) => context.Regression.Evaluate(scored, "Target").RSquared),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
    };

    /// <summary>Options that fit small data in milliseconds: a small network, few iterations, a fast path, no choice of noise.</summary>
    public DGatingTrainerOptions Quick(int? count = null, Action<DGatingTrainerOptions>? change = null)
    {
        DGatingTrainerOptions options = NewOptions();
        options.LabelColumnName = Label;
        options.MaximumFeatureCount = count;
        options.HiddenLayers = [8];
        options.InputNoise = 0;
        options.NumberOfDenseIterations = 5;
        options.NumberOfRefitIterations = 10;
        options.LambdaGrowth = 1.2;
        options.NumberOfThreads = 1;
        change?.Invoke(options);
        return options;
    }

    public IEstimator<ITransformer> Trainer(MLContext context, int? count = null, Action<DGatingTrainerOptions>? change = null) =>
        Create(context, Quick(count, change));

    public Fitted Fit(MLContext context, IDataView data, int? count = null, Action<DGatingTrainerOptions>? change = null) =>
        new(Trainer(context, count, change).Fit(data));

    public Fitted Fit(MLContext context, IReadOnlyList<DataRow> rows, int? count = null, Action<DGatingTrainerOptions>? change = null) =>
        Fit(context, DataRow.View(context, rows), count, change);

    /// <summary>Accuracy or R² of a model on rows.</summary>
    public double QualityOn(MLContext context, Fitted fitted, IReadOnlyList<DataRow> rows) =>
        Quality(context, fitted.Transformer.Transform(DataRow.View(context, rows)));
}
