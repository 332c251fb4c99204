using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Scoring.Tests.Contract;

internal sealed class ContractRegressionTrainer(IHostEnvironment env, string label)
    : ContractTrainer<RegressionPredictionTransformer<DGatingRegressionModelParameters>, DGatingRegressionModelParameters>(
        env, nameof(ContractRegressionTrainer), TrainerUtils.MakeR4ScalarColumn(label))
{
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    protected override DGatingRegressionModelParameters CreateModel(
        List<float[]> rows, List<float> labels, Report report, DataViewType labelType)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path) = Fit(rows, [[.. labels]], scale: 1, report);
        return new DGatingRegressionModelParameters(Host, network, selection, path);
    }

    protected override RegressionPredictionTransformer<DGatingRegressionModelParameters> MakeTransformer(
        DGatingRegressionModelParameters model, DataViewSchema trainSchema) => new(Host, model, trainSchema, FeatureColumn.Name);

    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
        [Scalar(DefaultColumnNames.Score, NumberDataViewType.Single)];
}
