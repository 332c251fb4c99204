using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Follows the whole regularization path from all features to none. It makes models of any number of features.</summary>
    /// <remarks>
    /// The options <see cref="DGatingTrainerOptions.Lambda"/> and <see cref="DGatingTrainerOptions.MaximumCost"/> have no effect; the path
    /// ends at the features of <see cref="DGatingTrainerOptions.AlwaysKeep"/>. With
    /// <see cref="DGatingTrainerOptions.MaximumFeatureCount"/> only that number is evaluated, which is faster, and without held-out rows
    /// where there are fewer than <see cref="DGatingDefaults.ManyRows"/>. Of up to <see cref="DGatingDefaults.MaximumFoldedRows"/> rows
    /// five folds judge the candidates where the held-out part is too small to decide. If
    /// <see cref="DGatingTrainerOptions.CancellationToken"/> cancels it, the result is the path so far, and
    /// <see cref="DGatingPath.IsComplete"/> is false.
    /// </remarks>
    /// <example>
    /// <code>
    /// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
    /// Console.WriteLine(path);
    /// var smallest = path.SparsestWithinOneStandardError;
    /// </code>
    /// </example>
    /// <param name="trainData">
    /// The rows to train on. They are in memory as long as the path is; where they do not fit in
    /// <see cref="DGatingTrainerOptions.MaximumRowMemory"/>, a sample is, and the data is read again.
    /// </param>
    /// <param name="validationData">The rows on which candidates are evaluated; null to hold out a part of the training rows.</param>
    /// <exception cref="OperationCanceledException">The path was cancelled before its first point.</exception>
    public DGatingPath<TTransformer> FitPath(IDataView trainData, IDataView? validationData = null)
    {
        RefuseWhatOnlyFitHas(nameof(FitPath));
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(Roles(trainData, nameof(trainData)))
        {
            Validation = validationData is null ? null : Roles(validationData, nameof(validationData)),
        });
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan);
        FitWorkflow encoded = workflow.WithEncoding(rows.TrainingRows, rows.ValidationRows);
        FollowedPath path = new PathFit(encoded, rows.TrainingRows, rows.ValidationRows).Run();
        session.Finish();
        return Path(path, rows, plan, trainData.Schema);
    }

    /// <summary>Follows the whole regularization path, and evaluates its candidates by cross-validation.</summary>
    /// <remarks>
    /// Every row is held out once, and <see cref="DGatingPath.Candidates"/> are means over the folds with their standard errors. Folds have
    /// the classes in the same proportions. The path itself and all its models are trained on all rows. An open
    /// <see cref="DGatingTrainerOptions.InputNoise"/> is chosen on the same held-out rows. In all else the method is like
    /// <see cref="FitPath"/>.
    /// </remarks>
    /// <example>
    /// <code>
    /// var path = mlContext.BinaryClassification.Trainers.DGating()
    ///     .FitPathCrossValidated(data, folds: 5, samplingKeyColumnName: "Patient");
    /// var model = path.At(path.SparsestFeatureCount);
    /// </code>
    /// </example>
    /// <param name="data">
    /// The rows. They are in memory as long as the path is; where they do not fit in
    /// <see cref="DGatingTrainerOptions.MaximumRowMemory"/>, a sample is, and the data is read again.
    /// </param>
    /// <param name="folds">
    /// The number of folds, at least 2, and at most the number of rows or keys. Every fold takes as long as <see cref="FitPath"/>; folds
    /// run in parallel.
    /// </param>
    /// <param name="samplingKeyColumnName">
    /// A scalar column with the sampling keys; null for that of the options, or none. Rows of one key, such as a patient, are in the same
    /// fold, and count as one where candidates are compared. Rows with a missing key belong together.
    /// </param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public DGatingPath<TTransformer> FitPathCrossValidated(IDataView data, int folds = 5, string? samplingKeyColumnName = null)
    {
        RefuseWhatOnlyFitHas(nameof(FitPathCrossValidated));
        Host.CheckUserArg(folds >= 2, nameof(folds), string.Create(CultureInfo.InvariantCulture,
            $"There must be at least 2 folds, but folds was {folds}. {nameof(FitPath)} judges counts on a single part of the rows."));
        RoleMappedData roles = Roles(data, nameof(data));
        SamplingKeys? keys = (samplingKeyColumnName ?? _options.SamplingKeyColumnName) is { } name
            ? new SamplingKeys(Host, data.Schema, name)
            : null;
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(roles) { Keys = keys });
        TrainingPlan plan = session.Plan(rows);
        int[][] dealt = CrossValidationFolds.Deal(Host, rows, keys, folds, session.Seed);
        CrossValidationFolds.WarnOfMissingClasses(rows, dealt, keys, roles.Schema.Label!.Value, session.Monitor.Warn);
        using FitWorkflow workflow = session.Start(rows, plan);
        FollowedPath path = PathFit.RunCrossValidated(workflow, dealt);
        session.Finish();
        return Path(path, rows, plan, data.Schema);
    }

    private DGatingPath<TTransformer> Path(FollowedPath path, PreparedRows rows, TrainingPlan plan, DataViewSchema schema) =>
        PathBuilder.Build(path, rows, (counts, cancellationToken) =>
        {
            using TrainingSession session = Session(cancellationToken);
            using FitWorkflow workflow = session.Start(rows, plan.Alone);
            FitResult[] fits = path.At(workflow, counts);
            session.Finish();
            return Array.ConvertAll(fits, fit => MakeTransformer(Model(fit, rows), schema));
        });
}
