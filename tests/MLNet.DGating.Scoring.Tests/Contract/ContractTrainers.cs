using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Scoring.Tests;

internal sealed class ContractBinaryTrainer(IHostEnvironment env, string label)
    : ContractTrainer<BinaryPredictionTransformer<DGatingBinaryModelParameters>, DGatingBinaryModelParameters>(
        env, nameof(ContractBinaryTrainer), TrainerUtils.MakeBoolScalarLabel(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    protected override DGatingBinaryModelParameters CreateModel(List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path) =
            Fit(rows, [[.. labels.Select(value => value > 0 ? 1f : -1f)]], scale: 4, report);
        return new DGatingBinaryModelParameters(Host, network, selection, path);
    }

    protected override BinaryPredictionTransformer<DGatingBinaryModelParameters> MakeTransformer(
        DGatingBinaryModelParameters model, DataViewSchema trainSchema) => new(Host, model, trainSchema, FeatureColumn.Name);

    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        Scalar(DefaultColumnNames.Score, NumberDataViewType.Single),
        Scalar(DefaultColumnNames.Probability, NumberDataViewType.Single, isNormalized: true),
        Scalar(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance),
    ];
}

internal sealed class ContractRegressionTrainer(IHostEnvironment env, string label)
    : ContractTrainer<RegressionPredictionTransformer<DGatingRegressionModelParameters>, DGatingRegressionModelParameters>(
        env, nameof(ContractRegressionTrainer), TrainerUtils.MakeR4ScalarColumn(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    protected override DGatingRegressionModelParameters CreateModel(List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path) = Fit(rows, [[.. labels]], scale: 1, report);
        return new DGatingRegressionModelParameters(Host, network, selection, path);
    }

    protected override RegressionPredictionTransformer<DGatingRegressionModelParameters> MakeTransformer(
        DGatingRegressionModelParameters model, DataViewSchema trainSchema) => new(Host, model, trainSchema, FeatureColumn.Name);

    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) => [Scalar(DefaultColumnNames.Score, NumberDataViewType.Single)];
}

internal sealed class ContractMulticlassTrainer(IHostEnvironment env, string label)
    : ContractTrainer<MulticlassPredictionTransformer<DGatingMulticlassModelParameters>, DGatingMulticlassModelParameters>(
        env, nameof(ContractMulticlassTrainer), TrainerUtils.MakeU4ScalarColumn(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    protected override DGatingMulticlassModelParameters CreateModel(List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
    {
        int classes = labelType.GetKeyCountAsInt32(Host);
        List<float[]> targets = [.. Enumerable.Range(0, classes).Select(@class => labels.Select(value => value == @class ? 1f : -1f).ToArray())];
        (CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path) = Fit(rows, targets, scale: 4, report);
        return new DGatingMulticlassModelParameters(Host, network, selection, path);
    }

    protected override MulticlassPredictionTransformer<DGatingMulticlassModelParameters> MakeTransformer(
        DGatingMulticlassModelParameters model, DataViewSchema trainSchema) => new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        Host.Check(inputSchema.TryFindColumn(LabelColumn.Name, out SchemaShape.Column label));
        IEnumerable<SchemaShape.Column> annotations =
            label.Annotations.Where(column => column.Name == AnnotationUtils.Kinds.KeyValues).Concat(AnnotationUtils.GetTrainerOutputAnnotation());
        return
        [
            Column(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
                AnnotationUtils.AnnotationsForMulticlassScoreColumn(label)),
            Column(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, annotations),
        ];
    }
}
