using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Scoring.Tests.Contract;

internal sealed class ContractBinaryTrainer(IHostEnvironment env, string label)
    : ContractTrainer<BinaryPredictionTransformer<DGatingBinaryModelParameters>, DGatingBinaryModelParameters>(
        env, nameof(ContractBinaryTrainer), TrainerUtils.MakeBoolScalarLabel(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    protected override DGatingBinaryModelParameters CreateModel(
        List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
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
