using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>
/// Predicts a class with a neural network that selects its features while it trains (D-Gating, Kolb et al., NeurIPS 2025).
/// </summary>
/// <remarks>
/// Trainers are created by <see cref="DGatingCatalog"/>.
/// <format type="text/markdown"><![CDATA[
/// ### Input and Output Columns
/// Label: key. Features: known-size vector of Single. Example weight (optional): Single.
///
/// | Output column | Type | Meaning |
/// | -- | -- | -- |
/// | `Score` | Vector of Single | The probability of each class. |
/// | `PredictedLabel` | key | The most probable class. |
///
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No: features are standardized inside |
/// | Is caching required? | No: rows are read once, unless they do not fit in memory |
/// | Required NuGet in addition to Microsoft.ML | MLNet.DGating and a libtorch backend to train; MLNet.DGating.Scoring to predict |
///
/// Missing features are values like others: a slot that has some gets a column for them, and in scoring one that was never missing before
/// counts as its mean. With `MissingValues = Skip` rows with missing features are skipped in training, and their
/// scores are NaN. Rows with an infinite feature, or a missing label or weight, are always skipped in training, with a warning.
/// ]]></format>
/// </remarks>
public sealed class DGatingMulticlassTrainer
    : DGatingTrainerBase<MulticlassPredictionTransformer<DGatingMulticlassModelParameters>, DGatingMulticlassModelParameters>
{
    internal DGatingMulticlassTrainer(IHostEnvironment env, Options options)
        : base(env, nameof(DGatingMulticlassTrainer), options, TrainerUtils.MakeU4ScalarColumn)
    {
    }

    /// <summary>Holds the options of <see cref="DGatingMulticlassTrainer"/>.</summary>
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
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override bool BalancesClasses => ((Options)Settings).ClassWeights == DGatingClassWeights.Balanced;

    private protected override LearningTask Task(DataViewType labelType) => LearningTask.Multiclass(labelType.GetKeyCountAsInt32(Host));

    private protected override PreviousModel Open(DGatingMulticlassModelParameters model) =>
        new(model.Network, model.FeatureSelection, model.Path, Settings);

    private protected override DGatingMulticlassModelParameters CreateModel(
        CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path, LearningTask task) =>
        new(Host, network, selection, path);

    /// <inheritdoc/>
    protected override MulticlassPredictionTransformer<DGatingMulticlassModelParameters> MakeTransformer(
        DGatingMulticlassModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        Host.Check(inputSchema.TryFindColumn(LabelColumn.Name, out SchemaShape.Column label));
        IEnumerable<SchemaShape.Column> annotations = label.Annotations
            .Where(column => column.Name == AnnotationUtils.Kinds.KeyValues)
            .Concat(AnnotationUtils.GetTrainerOutputAnnotation());
        return
        [
            OutputColumns.Create(
                DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
                AnnotationUtils.AnnotationsForMulticlassScoreColumn(label)),
            OutputColumns.Create(
                DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
                annotations),
        ];
    }
}
