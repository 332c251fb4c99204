using CsCheck;
using MLNet.DGating.Scoring.Tests.Pruning;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

/// <summary>Tests that ONNX Runtime predicts from the columns of a table what the whole pipeline does.</summary>
public class PipelineOnnxTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression", "quantiles"];

    [Theory, MemberData(nameof(Tasks))]
    public void AnyChain_PredictsTheSame_FromTheColumnsOfItsSelectedFeatures(string task) =>
        Gen.Select(Gen.Int, Gen.Int[1, 6]).Sample(
            (seed, selectedCount) =>
            {
                IDataView rows = MixedRow.View(_context, 60, seed);
                var chain = RandomChain.Create(_context, rows, seed, isForOnnx: true);
                ITransformer predictor = PlantedModel.Create(
                    _context, chain.Model.GetOutputSchema(rows.Schema), task, new Random(seed), selectedCount);
                var model = new TransformerChain<ITransformer>(chain.Model, predictor);
                AssertAgrees(model, rows);
            },
            iter: 60);

    private void AssertAgrees(TransformerChain<ITransformer> model, IDataView rows)
    {
        DGatingPrunedModel pruned = _context.Model.Prune(model, rows.Schema);
        using var run = new PipelineRun(pruned);
        Assert.Equal(pruned.InputSchema.Select(column => column.Name), run.Inputs);
        Dictionary<string, object[]> actual = run.Run(rows);
        IDataView expected = model.Transform(rows);
        string features = string.Join(" ", PredictionSteps.Selection(model.LastTransformer)!.SelectedNames);
        AssertNear(Numbers(expected, "Score"), actual["Score.output"], features);
        if (actual.TryGetValue("Probability.output", out object[]? probabilities))
        {
            AssertNear(Numbers(expected, "Probability"), probabilities, features);
        }
    }

    private static float[] Numbers(IDataView rows, string column) => rows.Schema[column].Type is VectorDataViewType
        ? [.. rows.GetColumn<float[]>(column).SelectMany(values => values)]
        : [.. rows.GetColumn<float>(column)];

    private static void AssertNear(float[] expected, object[] actual, string features)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            float number = (float)actual[i];
            bool isNear = expected[i].Equals(number) || Math.Abs(expected[i] - number) <= 1e-5 * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(isNear, $"Number {i} is {number}, not {expected[i]}, of {features}.");
        }
    }
}
