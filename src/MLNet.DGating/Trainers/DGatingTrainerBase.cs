using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Provides the methods that the D-Gating trainers of all tasks share.</summary>
/// <typeparam name="TTransformer">The type of the fitted transformers.</typeparam>
/// <typeparam name="TModel">The type of their model parameters, <c>transformer.Model</c>.</typeparam>
public abstract partial class DGatingTrainerBase<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly DGatingTrainerOptions _options;

    private protected DGatingTrainerBase(
        IHostEnvironment env, string name, DGatingTrainerOptions options, Func<string, SchemaShape.Column> makeLabel)
        : base(HostFor(env, name, options),
            TrainerUtils.MakeR4VecFeature(options.FeatureColumnName),
            makeLabel(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        _options = options.Copy();
    }

    /// <summary>The requirements of the trainer: no normalization, no caching; it takes a validation set and a previous model.</summary>
    public override TrainerInfo Info { get; } = 
        new(normalization: false, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true);

    /// <summary>Trains on all training rows, and chooses input noise and feature count on validation rows unless they are given.</summary>
    /// <remarks>
    /// Without validation data a part of the training rows is held out for the choice. The path of the model has the loss on the validation
    /// rows. They also end the refit, and calibrate the probabilities.
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data, validation);
    /// </code>
    /// </example>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to choose by, with the same columns.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public TTransformer Fit(IDataView trainData, IDataView validationData)
    {
        Host.CheckValue(trainData, nameof(trainData));
        Host.CheckValue(validationData, nameof(validationData));
        return TrainTransformer(trainData, validationData);
    }

    /// <summary>The options of the trainer, which have been checked and do not change.</summary>
    private protected DGatingTrainerOptions Settings => _options;

    // Rows stream through the sample itself where no further run follows the one that trains on all rows.
    private double PoolOfFit => _options is { NumberOfRuns: 1, EnsembleSize: 1, SelectNeurons: false } ? 0 : 1;

    private protected virtual bool BalancesClasses => false;

    private protected abstract LearningTask Task(DataViewType labelType);

    private protected abstract TModel CreateModel(
        CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path, LearningTask task);

    /// <summary>Gives the rows with the targets that the trainer chooses on them.</summary>
    private protected virtual PreparedRows ChooseTargets(TrainingSession session, PreparedRows rows) => rows;

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        if (trainContext.InitialPredictor is TModel model)
        {
            return Continue(trainContext, model);
        }

        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(trainContext.TrainingSet)
        {
            Validation = trainContext.ValidationSet,
            ChoosesOnSample = true,
            PoolOfRun = PoolOfFit,
            Budget = _options.MaximumCost,
        });
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan);
        FitResult fit = _options.Shape == DGatingModelShape.AdditiveWithPairs
            ? new PairFit(workflow, data => plan.Start(data, session.Monitor.Context)).Run(rows.TrainingRows, rows.ValidationRows)
            : AutomaticFit.Run(workflow, rows.TrainingRows, rows.ValidationRows);
        Report(fit, rows, session);
        return Model(fit, rows);
    }

    private void Report(FitResult fit, PreparedRows rows, TrainingSession session, string selected = "Selected")
    {
        session.Finish();
        FitMonitor monitor = session.Monitor;
        monitor.Inform(string.Create(CultureInfo.InvariantCulture,
            $"{selected} {fit.Groups.Length} of {rows.Slots.Groups.Length} feature groups; " +
            $"input noise {fit.InputNoise}, gate depth {_options.GateDepth}."));
        if (_options.MaximumCost is double maximumCost)
        {
            double cost = fit.Groups.Sum(group => rows.Data.Groups.Costs[group]);
            monitor.Inform(string.Create(CultureInfo.InvariantCulture, $"They cost {cost:g6} of at most {maximumCost:g6}."));
        }

        if (fit.Groups.Length == 0)
        {
            monitor.Warn(string.Create(CultureInfo.InvariantCulture,
                $"At λ = {_options.Lambda} no feature survives: the model is a constant. Use a smaller Lambda, or MaximumFeatureCount."));
        }
    }

    private TModel Model(FitResult fit, PreparedRows rows, double[]? frequency = null)
    {
        var builder = new ModelBuilder(fit, rows);
        CollapsedNetwork network = builder.Network();
        return CreateModel(network, builder.Report(network, frequency), builder.Path(), rows.Task);
    }

    // Only Fit chooses pairs; all else would leave them out.
    private void RefuseWhatOnlyFitHas(string method)
    {
        CheckNoPairs(method);
        OptionsCheck.RefuseNeurons(Host, _options, method);
    }

    private void CheckNoPairs(string method) => Host.CheckUserArg(
        _options.Shape != DGatingModelShape.AdditiveWithPairs, nameof(_options.Shape),
        $"{method} has no pairs of features, but Shape was {nameof(DGatingModelShape.AdditiveWithPairs)}. " +
        $"Use Fit without a previous model, or set Shape to {nameof(DGatingModelShape.Additive)}.");

    private TrainingSession Session(CancellationToken cancellationToken) => new(Host, _options, cancellationToken);

    private PreparedRows Read(TrainingSession session, TrainingData data)
    {
        LearningTask task = Task(data.Training.Schema.Label!.Value.Type);
        return ChooseTargets(session, session.Read(data with { BalancesClasses = BalancesClasses }, task));
    }

    // The base class checks columns only in its own Fit.
    private RoleMappedData Roles(IDataView data, string name)
    {
        Host.CheckValue(data, name);
        GetOutputSchema(SchemaShape.Create(data.Schema));
        return MakeRoles(data);
    }

    private static IHost HostFor(IHostEnvironment env, string name, DGatingTrainerOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        IHost host = env.Register(name);
        host.CheckValue(options, nameof(options));
        OptionsCheck.Validate(host, options);
        return host;
    }
}
