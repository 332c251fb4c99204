using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>
/// Predicts a number with a neural network that selects its features while it trains (D-Gating, Kolb et al., NeurIPS 2025).
/// </summary>
/// <remarks>
/// Trainers are created by <see cref="DGatingCatalog"/>.
/// <format type="text/markdown"><![CDATA[
/// ### Input and Output Columns
/// Label: Single. Features: known-size vector of Single. Example weight (optional): Single.
///
/// | Output column | Type | Meaning |
/// | -- | -- | -- |
/// | `Score` | Single | The predicted label: its mean, its median or another quantile, as the loss has it. |
/// | `Quantiles` | Vector of Single | The quantiles, ascending; only with the loss `Quantile` and several levels. |
///
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Regression: squared, absolute or Huber's error, quantiles, Poisson or Gamma deviance |
/// | Is normalization required? | No: features and label are standardized inside |
/// | Is caching required? | No: rows are read once, unless they do not fit in memory |
/// | Required NuGet in addition to Microsoft.ML | MLNet.DGating and a libtorch backend to train; MLNet.DGating.Scoring to predict |
///
/// Missing features are values like others: a slot that has some gets a column for them, and in scoring one that was never missing before
/// counts as its mean. With `MissingValues = Skip` rows with missing features are skipped in training, and their
/// score is NaN. Rows with an infinite feature, or a missing label or weight, are always skipped in training, with a warning.
/// ]]></format>
/// </remarks>
public sealed class DGatingRegressionTrainer
    : DGatingTrainerBase<RegressionPredictionTransformer<DGatingRegressionModelParameters>, DGatingRegressionModelParameters>
{
    internal DGatingRegressionTrainer(IHostEnvironment env, Options options)
        : base(env, nameof(DGatingRegressionTrainer), options, TrainerUtils.MakeR4ScalarColumn)
    {
    }

    /// <summary>Holds the options of <see cref="DGatingRegressionTrainer"/>.</summary>
    public sealed class Options : DGatingTrainerOptions
    {
        /// <summary>The loss, and with it what the score is: a mean, a median or quantiles.</summary>
        /// <value>The default is <see cref="DGatingRegressionLoss.Squared"/>.</value>
        public DGatingRegressionLoss Loss = DGatingRegressionLoss.Squared;

        /// <summary>The residual δ from which <see cref="DGatingRegressionLoss.Huber"/> counts errors no longer squared.</summary>
        /// <value>
        /// Above 0, in the label's unit. The default, null, is <see cref="DGatingDefaults.HuberDelta"/> times the mean distance of the
        /// labels from their median.
        /// </value>
        public double? HuberDelta;

        /// <summary>The levels of the quantiles that <see cref="DGatingRegressionLoss.Quantile"/> predicts.</summary>
        /// <remarks>
        /// With one level the score is that quantile. With several the model has a further column, Quantiles, and the score is the one
        /// nearest to the median.
        /// </remarks>
        /// <value>Ascending, each above 0 and below 1. The default is 0.05, 0.5 and 0.95: a median and an interval of 90 %.</value>
        public double[] Quantiles = [0.05, 0.5, 0.95];

        /// <summary>The transform of skewed labels before a squared error is minimized.</summary>
        /// <value>The default is <see cref="DGatingTargetTransform.None"/>. Only for <see cref="DGatingRegressionLoss.Squared"/>.</value>
        public DGatingTargetTransform TargetTransform = DGatingTargetTransform.None;

        /// <summary>Whether the model has a column with several quantiles.</summary>
        internal bool HasQuantiles => Loss == DGatingRegressionLoss.Quantile && Quantiles.Length > 1;

        internal override DGatingTrainerOptions Copy()
        {
            var copy = (Options)base.Copy();
            copy.Quantiles = [.. Quantiles];
            return copy;
        }

        internal override void CheckTask(IExceptionContext context) => RegressionOptionsCheck.Validate(context, this);
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    private Options Regression => (Options)Settings;

    private protected override LearningTask Task(DataViewType labelType) => Regression switch
    {
        { Loss: DGatingRegressionLoss.Absolute } => RegressionTask.Absolute,
        { Loss: DGatingRegressionLoss.Huber, HuberDelta: var delta } => RegressionTask.Huber(delta),
        { Loss: DGatingRegressionLoss.Quantile, Quantiles: var levels } => RegressionTask.Quantiles(levels),
        { Loss: DGatingRegressionLoss.Poisson } => RegressionTask.Poisson,
        { Loss: DGatingRegressionLoss.Gamma } => RegressionTask.Gamma,
        { TargetTransform: DGatingTargetTransform.Log } => RegressionTask.OfLogarithm,
        _ => LearningTask.Regression,
    };

    private protected override PreparedRows ChooseTargets(TrainingSession session, PreparedRows rows) =>
        Regression.TargetTransform == DGatingTargetTransform.Auto ? new TargetChoice(session, rows).Choose() : rows;

    private protected override LearningTask ContinuedTask(LearningTask task, DGatingRegressionModelParameters model)
    {
        RegressionContinuation.Check(Host, Regression, model);
        return model.InverseLink is ExponentialLink link && Regression.Loss == DGatingRegressionLoss.Squared
            ? RegressionTask.OfLogarithm with { LogOffset = link.Offset }
            : task;
    }

    private protected override PreviousModel Open(DGatingRegressionModelParameters model) =>
        new(model.Network, model.FeatureSelection, model.Path, Settings);

    private protected override DGatingRegressionModelParameters CreateModel(
        CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path, LearningTask task) => Regression.HasQuantiles
        ? new DGatingQuantileModelParameters(Host, network, selection, path, new QuantileLevels(Regression.Quantiles))
        : new DGatingRegressionModelParameters(Host, network, selection, path, ScoreLink.Of(task));

    /// <inheritdoc/>
    protected override RegressionPredictionTransformer<DGatingRegressionModelParameters> MakeTransformer(
        DGatingRegressionModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        OutputColumns.Scalar(DefaultColumnNames.Score, NumberDataViewType.Single),
        .. Regression.HasQuantiles ? [Quantiles] : Array.Empty<SchemaShape.Column>(),
    ];

    private static SchemaShape.Column Quantiles => OutputColumns.Create(
        DGatingQuantileModelParameters.QuantilesColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
        AnnotationUtils.GetTrainerOutputAnnotation().Where(column => column.Name == AnnotationUtils.Kinds.ScoreColumnSetId)
            .Append(new SchemaShape.Column(
                AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)));
}
