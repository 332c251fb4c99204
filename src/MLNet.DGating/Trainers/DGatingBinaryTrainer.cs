using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>
/// Predicts a Boolean label with a neural network that selects its features while it trains (D-Gating, Kolb et al., NeurIPS 2025).
/// </summary>
/// <remarks>
/// Trainers are created by <see cref="DGatingCatalog"/>.
/// <format type="text/markdown"><![CDATA[
/// ### Input and Output Columns
/// Label: Boolean. Features: known-size vector of Single. Example weight (optional): Single.
///
/// | Output column | Type | Meaning |
/// | -- | -- | -- |
/// | `Score` | Single | The logit of the positive class. |
/// | `Probability` | Single | The probability of the positive class. |
/// | `PredictedLabel` | Boolean | Whether the score is positive. |
///
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Binary classification |
/// | Is normalization required? | No: features are standardized inside |
/// | Is caching required? | No: rows are read once, unless they do not fit in memory |
/// | Required NuGet in addition to Microsoft.ML | MLNet.DGating and a libtorch backend to train; MLNet.DGating.Scoring to predict |
///
/// Missing features are values like others: a slot that has some gets a column for them, and in scoring one that was never missing before
/// counts as its mean. With `MissingValues = Skip` rows with missing features are skipped in training, and their
/// score is NaN. Rows with an infinite feature, or a missing label or weight, are always skipped in training, with a warning.
/// ]]></format>
/// </remarks>
public sealed class DGatingBinaryTrainer
    : DGatingTrainerBase<BinaryPredictionTransformer<DGatingBinaryModelParameters>, DGatingBinaryModelParameters>
{
    internal DGatingBinaryTrainer(IHostEnvironment env, Options options)
        : base(env, nameof(DGatingBinaryTrainer), options, TrainerUtils.MakeBoolScalarLabel)
    {
    }

    /// <summary>Holds the options of <see cref="DGatingBinaryTrainer"/>.</summary>
    public sealed class Options : DGatingTrainerOptions
    {
        /// <summary>The weights of the classes.</summary>
        /// <value>
        /// The default is <see cref="DGatingClassWeights.None"/>. With <see cref="DGatingClassWeights.Balanced"/> example weights are
        /// multiplied so that all classes have the same total weight.
        /// </value>
        public DGatingClassWeights ClassWeights = DGatingClassWeights.None;

        internal override void CheckTask(IExceptionContext context) =>
            OptionsCheck.CheckName(context, ClassWeights, nameof(ClassWeights));
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    private protected override bool BalancesClasses => ((Options)Settings).ClassWeights == DGatingClassWeights.Balanced;

    private protected override LearningTask Task(DataViewType labelType) => LearningTask.Binary;

    private protected override PreviousModel Open(DGatingBinaryModelParameters model) =>
        new(model.Network, model.FeatureSelection, model.Path, Settings);

    private protected override DGatingBinaryModelParameters CreateModel(
        CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path, LearningTask task) =>
        new(Host, network, selection, path);

    /// <inheritdoc/>
    protected override BinaryPredictionTransformer<DGatingBinaryModelParameters> MakeTransformer(
        DGatingBinaryModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        OutputColumns.Scalar(DefaultColumnNames.Score, NumberDataViewType.Single),
        OutputColumns.Scalar(DefaultColumnNames.Probability, NumberDataViewType.Single, isNormalized: true),
        OutputColumns.Scalar(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance),
    ];
}
