using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Paths;

public class GateDynamicsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void FitPath_RecordsGatesByFeature_ConstantOnesIncluded()
    {
        // The third slot says nothing, the last is constant.
        DataRow[] rows = [.. Planted.Linear(150, 3, 2, seed: 1).Select(row => row.With([.. row.Values, 7]))];
        DGatingPath path = FitPath(rows, record: true);
        GateDynamics dynamics = path.GateDynamics!;
        Assert.Equal(["a", "b", "noise", "constant"], dynamics.FeatureNames);
        Assert.Equal([DGatingPhase.Dense, DGatingPhase.Path], dynamics.Iterations.Select(iteration => iteration.Phase).Distinct());
        Assert.All(path.Ranking, feature => Assert.Equal(feature.LambdaOut, dynamics.LambdaOut[feature.Index]));
        Assert.All(dynamics.Gates(3).Concat(dynamics.PrimaryNorms(3)), value => Assert.Equal(0, value));
        for (int feature = 0; feature < 3; feature++)
        {
            IReadOnlyList<float> gates = dynamics.Gates(feature), norms = dynamics.PrimaryNorms(feature);
            for (int i = 0; i < dynamics.Iterations.Count; i++)
            {
                bool isIn = dynamics.Iterations[i].Lambda < dynamics.LambdaOut[feature];
                Assert.Equal((isIn, isIn), (gates[i] > 0, norms[i] > 0));
            }

            // It started at 1.
            Assert.InRange(gates[0], 0.1f, 2f);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => dynamics.Gates(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => dynamics.PrimaryNorms(-1));
    }

    [Fact]
    public void FitPath_WithoutAskingForThem_HasNone() =>
        Assert.Null(FitPath(Planted.Linear(100, 4, 2, seed: 1), record: false).GateDynamics);

    private DGatingPath FitPath(DataRow[] rows, bool record)
    {
        var options = (DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick();
        options.RecordGateDynamics = record;
        return _context.Regression.Trainers.DGating(options).FitPath(DataRow.View(_context, rows, ["a", "b", "noise", "constant"]));
    }
}
