using MLNet.DGating.Torch.Optimization;

namespace MLNet.DGating.Torch.Tests.Optimization;

public class QuasiNewtonTests
{
    [Fact]
    public void AQuadraticOfCondition1000_IsSolvedInAHundredSteps()
    {
        double[] curvatures = [.. Enumerable.Range(0, 50).Select(i => Math.Pow(10, i / 16.0))];
        var descent = new QuasiNewton(x => (x.Zip(curvatures, (a, c) => 0.5 * c * a * a).Sum(), [.. x.Zip(curvatures, (a, c) => c * a)]));
        descent.Start([.. curvatures.Select(_ => 1.0)]);
        double start = descent.Value;
        for (int i = 0; i < 100; i++)
        {
            descent.Step();
        }

        Assert.InRange(descent.Value, 0, 1e-6 * start);
    }

    [Fact]
    public void ACurvedValley_IsFollowedToItsEnd()
    {
        // Rosenbrock's function, from his start.
        var descent = new QuasiNewton(x => (
            (1 - x[0]) * (1 - x[0]) + 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]),
            [-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] * x[0]), 200 * (x[1] - x[0] * x[0])]));
        descent.Start([-1.2, 1]);
        for (int i = 0; i < 60; i++)
        {
            descent.Step();
        }

        Assert.Equal(1, descent.Position[0], 1e-5);
        Assert.Equal(1, descent.Position[1], 1e-5);
    }

    [Fact]
    public void WhereNothingIsLower_ItSaysSo_AndStays()
    {
        var descent = new QuasiNewton(x => (Math.Abs(x[0]), [x[0] >= 0 ? 1 : -1]));
        descent.Start([0]);
        while (descent.Step())
        {
            Assert.InRange(descent.Value, 0, 1e-7);
        }

        Assert.Equal(0, descent.Position[0], 1e-7);
    }
}
