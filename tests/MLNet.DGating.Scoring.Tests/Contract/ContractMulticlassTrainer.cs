using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLNet.DGating.Scoring.Tests.Contract;

internal sealed class ContractMulticlassTrainer(IHostEnvironment env, string label)
    : ContractTrainer<MulticlassPredictionTransformer<DGatingMulticlassModelParameters>, DGatingMulticlassModelParameters>(
        env, nameof(ContractMulticlassTrainer), TrainerUtils.MakeU4ScalarColumn(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    protected override DGatingMulticlassModelParameters CreateModel(
        List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
    {
        int classes = labelType.GetKeyCountAsInt32(Host);
        List<float[]> targets =
            [.. Enumerable.Range(0, classes).Select(@class => labels.Select(value => value == @class ? 1f : -1f).ToArray())];
        (CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path) = Fit(rows, targets, scale: 4, report);
        return new DGatingMulticlassModelParameters(Host, network, selection, path);
    }

    protected override MulticlassPredictionTransformer<DGatingMulticlassModelParameters> MakeTransformer(
        DGatingMulticlassModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        Host.Check(inputSchema.TryFindColumn(LabelColumn.Name, out SchemaShape.Column label));
        IEnumerable<SchemaShape.Column> annotations = label.Annotations
            .Where(column => column.Name == AnnotationUtils.Kinds.KeyValues).Concat(AnnotationUtils.GetTrainerOutputAnnotation());
        IEnumerable<SchemaShape.Column> scoreAnnotations = AnnotationUtils.AnnotationsForMulticlassScoreColumn(label);
        return
        [
            Column(DefaultColumnNames.Score, VectorKind.Vector, NumberDataViewType.Single, isKey: false, scoreAnnotations),
            Column(DefaultColumnNames.PredictedLabel, VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, annotations),
        ];
    }
}
