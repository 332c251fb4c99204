using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>The Poisson and the Gamma loss, whose scores have a unit.</summary>
public class LogarithmicMeanLossTests
{
    private static readonly Gen<(LogarithmicMeanLoss Fitted, LogarithmicMeanLoss Plain, float[] Targets, int Seed)> s_batch =
        from isGamma in Gen.Bool
        from spread in Gen.Double[-4, -1]
        from targets in Gen.Double[-1, 1].Array[4, 20]
        from seed in Gen.Int[0, int.MaxValue]
        select Batch(isGamma, [.. targets.Select(target => (float)(1 + Math.Pow(10, spread) * target))], seed);

    [Theory]
    [InlineData(0.02f, 0.04)]
    [InlineData(0.2f, 0.4)]
    [InlineData(0.9f, 1)]
    public void TheUnit_IsTwoDeviationsOfTheTargets_AndAtMostOne(float deviation, double unit)
    {
        foreach (LogarithmicMeanLoss loss in (LogarithmicMeanLoss[])[new PoissonLoss(), new GammaLoss()])
        {
            var fitted = (LogarithmicMeanLoss)loss.FittedTo([1 - deviation, 1 + deviation, 1 - deviation, 1 + deviation], [], 1);
            Assert.Equal(unit, fitted.Unit, 0.05 * unit);
            Assert.Equal(unit < 1 ? 0.125 : 0.5, fitted.NullModelLoss, unit < 1 ? 1e-3 : 0.4);
        }
    }

    [Fact]
    public void EqualTargets_HaveAUnitToo()
    {
        var fitted = (LogarithmicMeanLoss)new GammaLoss().FittedTo([1, 1, 1], [], 1);
        Assert.InRange(fitted.Unit, 1e-6, 1e-4);
        Assert.Equal(0, fitted.NullModelLoss);
    }

    [Fact]
    public void ReportedLosses_DoNotDependOnTheUnit_AndSlopesAreThoseOfFiniteDifferences() => s_batch.Sample(batch =>
    {
        (LogarithmicMeanLoss fitted, LogarithmicMeanLoss plain, float[] targets, int seed) = batch;
        var random = new Random(seed);
        float[] slope = new float[1], none = new float[1];
        foreach (float target in targets)
        {
            double score = Math.Log(target) / fitted.Unit + random.NextNormal();
            float logarithm = (float)(fitted.Unit * (float)score);
            double loss = fitted.Row([(float)score], [target], slope);
            Assert.Equal(plain.ReportedFactor * plain.Row([logarithm], [target], none), fitted.ReportedFactor * loss, 1e-6);
            const float by = 0.01f;
            double difference = fitted.Row([(float)score + by], [target], none) - fitted.Row([(float)score - by], [target], none);
            Assert.Equal(difference / (2 * by), slope[0], 0.02 * Math.Max(1, Math.Abs(slope[0])));
        }
    }, iter: 200);

    [Fact]
    public void SpansAndTensors_GiveTheSameLossesAndGradients() => s_batch.Sample(batch =>
    {
        using DisposeScope scope = NewDisposeScope();
        (LogarithmicMeanLoss fitted, _, float[] targets, int seed) = batch;
        var random = new Random(seed);
        float[] scores = [.. targets.Select(target => (float)(Math.Log(target) / fitted.Unit) + random.NextNormal())];
        double[] losses = new double[targets.Length];
        float[] gradient = new float[targets.Length];
        fitted.Evaluate(scores, targets, losses);
        fitted.Gradient(scores, targets, [.. targets.Select(_ => 1f)], 1, gradient);
        long[] shape = [1, targets.Length, 1];
        (Tensor byTensor, Tensor slopes) = fitted.Gradient(
            tensor(scores, shape).to(ScalarType.Float64), tensor(targets, shape).to(ScalarType.Float64));
        Assert.All(losses.Zip(byTensor.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(gradient.Zip(slopes.contiguous().data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }, iter: 100);

    [Fact]
    public void TheBoundedScore_IsTheDevianceInTheSameUnit() => s_batch.Sample(batch =>
    {
        (LogarithmicMeanLoss fitted, _, float[] targets, int seed) = batch;
        var random = new Random(seed);
        float[] scores = [.. targets.Select(target => (float)(Math.Log(target) / fitted.Unit) + 0.5f * random.NextNormal())];
        double[] losses = new double[targets.Length], bounded = new double[targets.Length];
        fitted.Evaluate(scores, targets, losses);
        fitted.EvaluateBounded(scores, targets, bounded);
        Assert.All(losses.Zip(bounded), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(0.01, pair.First)));
    }, iter: 100);

    private static (LogarithmicMeanLoss Fitted, LogarithmicMeanLoss Plain, float[] Targets, int Seed) Batch(
        bool isGamma, float[] targets, int seed)
    {
        LogarithmicMeanLoss plain = isGamma ? new GammaLoss() : new PoissonLoss();
        return ((LogarithmicMeanLoss)plain.FittedTo(targets, [], 1), plain, targets, seed);
    }
}
