using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>The losses of numbers other than the squared one.</summary>
public class NumberLossTests
{
    private static readonly Gen<(Loss Loss, float[] Targets, int Seed)> s_batch =
        from kind in Gen.Int[0, 5]
        from targets in Gen.Float[-3, 3].Array[2, 12]
        from seed in Gen.Int[0, int.MaxValue]
        select (Of(kind), kind >= 4 ? [.. targets.Select(target => target < -1 && kind == 4 ? 0 : MathF.Exp(target))] : targets, seed);

    [Fact]
    public void SpansAndTensors_GiveTheSameLossesAndGradients() => s_batch.Sample(batch =>
    {
        using DisposeScope scope = NewDisposeScope();
        (Loss loss, float[] targets, int seed) = batch;
        float[] scores = Scores(loss, targets.Length, seed), weights = [.. targets.Select((_, row) => 0.5f + row)];
        double[] losses = new double[targets.Length];
        float[] bySpan = new float[scores.Length], weighted = new float[scores.Length];
        loss.Evaluate(scores, targets, losses);
        loss.Gradient(scores, targets, [.. targets.Select(_ => 1f)], 1, bySpan);
        double weightedSum = loss.Gradient(scores, targets, weights, 0.25f, weighted);
        (Tensor byTensor, Tensor gradients) =
            loss.Gradient(tensor(scores, [1, targets.Length, loss.Outputs]), tensor(targets, [1, targets.Length, 1]));
        Assert.All(losses, value => Assert.True(double.IsFinite(value) && value >= -1e-5));
        Near.Rounding(byTensor.data<float>().ToArray(), [.. losses.Select(value => (float)value)], 1e-5);
        Near.Rounding(gradients.cpu().contiguous().data<float>().ToArray(), bySpan, 1e-5);
        Near.Rounding([.. bySpan.Select((value, i) => 0.25f * weights[i / loss.Outputs] * value)], weighted, 1e-6);
        Assert.Equal(losses.Zip(weights, (each, weight) => each * weight).Sum(), weightedSum, 1e-5 * Math.Max(1, weightedSum));
    }, iter: 300);

    [Fact]
    public void Gradients_AreThoseOfFiniteDifferences() => s_batch.Sample(batch =>
    {
        using DisposeScope scope = NewDisposeScope();
        (Loss loss, float[] targets, int seed) = batch;
        double[] scores = [.. Scores(loss, targets.Length, seed).Select(score => (double)score)];
        Tensor labels = tensor(targets, [1, targets.Length, 1]).to(ScalarType.Float64);
        Tensor gradients = loss.Gradient(tensor(scores, [1, targets.Length, loss.Outputs]), labels).Gradient.contiguous();
        for (int i = 0; i < scores.Length; i++)
        {
            double slope = (Sum(i, 1e-6) - Sum(i, -1e-6)) / 2e-6;
            Assert.Equal(slope, gradients.view(-1)[i].item<double>(), 1e-6 * Math.Max(1, Math.Abs(slope)));
        }

        double Sum(int index, double by)
        {
            double[] moved = [.. scores];
            moved[index] += by;
            return loss.Gradient(tensor(moved, [1, targets.Length, loss.Outputs]), labels).Losses.sum().item<double>();
        }
    }, iter: 100);

    [Fact]
    public void TheBestConstant_HasNoLargerMeanLossThanItsNeighbours() => s_batch.Sample(batch =>
    {
        (Loss loss, float[] targets, int seed) = batch;
        var random = new Random(seed);
        float[] weights = [.. targets.Select(_ => 0.1f + random.NextSingle())];
        float[] best = loss.NullModelScores(targets, weights);
        double least = Mean(loss, best, targets, weights, isBounded: false);
        for (int i = 0; i < best.Length; i++)
        {
            foreach (float by in (float[])[-0.3f, -0.01f, 0.01f, 0.3f])
            {
                float[] moved = [.. best];
                moved[i] += by;
                Assert.True(Mean(loss, moved, targets, weights, isBounded: false) >= least - 1e-5);
            }
        }
    }, iter: 300);

    [Fact]
    public void TheBoundedScore_IsZeroForAPerfectPrediction_AndStaysBelowItsBound() => s_batch.Sample(batch =>
    {
        (Loss loss, float[] targets, int seed) = batch;
        double[] bounded = new double[targets.Length];
        bool isLogarithmic = loss is PoissonLoss or GammaLoss;
        float[] perfect =
        [
            .. targets.SelectMany(target => Enumerable.Repeat(isLogarithmic ? MathF.Log(target) : target * loss.ScoreUnit, loss.Outputs)),
        ];
        loss.EvaluateBounded(perfect, targets, bounded);
        // A target of 0 is predicted as the least number of the range.
        Assert.All(bounded, value => Assert.InRange(value, 0, isLogarithmic ? 0.01001 : 1e-6));

        float[] wild = [.. Scores(loss, targets.Length, seed).Select(score => 20 * score)];
        loss.EvaluateBounded(wild, targets, bounded);
        Assert.All(bounded, value => Assert.InRange(value, 0, isLogarithmic ? 1000 : 1));
    }, iter: 300);

    // What a candidate is judged by must not be better for another constant than the true one: the score is consistent.
    [Fact]
    public void TheBoundedScore_IsLeastOnAverageForTheTrueConstant() => s_batch.Sample(batch =>
    {
        (Loss loss, float[] targets, int seed) = batch;
        bool isClipped = loss is PoissonLoss or GammaLoss;
        if (isClipped)
        {
            // Within the range nothing is clipped, and the score is the deviance.
            targets = [.. targets.Select(target => Math.Clamp(target, 0.02f, 9))];
        }

        var random = new Random(seed);
        float[] weights = [.. targets.Select(_ => 0.1f + random.NextSingle())];
        float[] best = loss.NullModelScores(targets, weights);
        double least = Mean(loss, best, targets, weights, isBounded: true);
        foreach (float by in (float[])[-2, -0.5f, -0.1f, 0.1f, 0.5f, 2])
        {
            float[] moved = [.. best.Select(score => score + by)];
            Assert.True(Mean(loss, moved, targets, weights, isBounded: true) >= least - 1e-6);
        }
    }, iter: 500);

    [Fact]
    public void AFittedLoss_KnowsTheLossOfItsBestConstant() => s_batch.Sample(batch =>
    {
        (Loss loss, float[] targets, _) = batch;
        Loss fitted = loss.FittedTo(targets, [], unit: 1);
        float[] best = fitted.NullModelScores(targets, []);
        Assert.Equal(Mean(fitted, best, targets, [.. targets.Select(_ => 1f)], isBounded: false), fitted.NullModelLoss, 1e-6);
    }, iter: 100);

    [Fact]
    public void TheLossOfOneHalf_IsTheAbsoluteError() => Gen.Float[-3, 3].Select(Gen.Float[-3, 3]).Sample((score, target) =>
        Assert.Equal(Math.Abs(score - target), new QuantileLoss([0.5]).Row([score], [target], new float[1]), 1e-6));

    [Fact]
    public void HubersLoss_IsTheSquaredOneNearby_AndStraightBeyondDelta()
    {
        var loss = new HuberLoss(1.5);
        Assert.Equal(0.5, loss.Row([1], [0], new float[1]), 1e-6);
        Assert.Equal(loss.Row([11], [0], new float[1]) + 1.5, loss.Row([12], [0], new float[1]), 1e-5);
    }

    [Fact]
    public void HubersDelta_IsInTheLabelsUnit() =>
        Assert.Equal(0.5, ((HuberLoss)new HuberLoss(20).FittedTo([1, 2, 4], [], unit: 40)).Delta);

    [Fact]
    public void WeightedQuantiles_CountARowAsOftenAsItsWeight() =>
        Gen.Select(Gen.Int[-9, 9].Array[1, 9], Gen.Int[1, 4].Array[9], Gen.Double[0.01, 0.99]).Sample((values, weights, level) =>
        {
            float[] rows = [.. values.Select(value => (float)value)];
            float[] repeated = [.. rows.SelectMany((value, i) => Enumerable.Repeat(value, weights[i]))];
            float[] weightOf = [.. weights.Take(rows.Length).Select(weight => (float)weight)];
            Assert.Equal(WeightedQuantile.Of(repeated, [], level), WeightedQuantile.Of(rows, weightOf, level));
        });

    private static Loss Of(int kind) => kind switch
    {
        0 => new QuantileLoss([0.5]),
        1 => new QuantileLoss([0.05, 0.5, 0.9]),
        2 => new HuberLoss(0.7),
        3 => new HuberLoss(3),
        4 => new PoissonLoss(),
        _ => new GammaLoss(),
    };

    private static double Mean(Loss loss, float[] constant, float[] targets, float[] weights, bool isBounded)
    {
        float[] scores = [.. targets.SelectMany(_ => constant)];
        double[] losses = new double[targets.Length];
        if (isBounded)
        {
            loss.EvaluateBounded(scores, targets, losses);
        }
        else
        {
            loss.Evaluate(scores, targets, losses);
        }

        return losses.Zip(weights, (each, weight) => each * weight).Sum() / weights.Sum();
    }

    private static float[] Scores(Loss loss, int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * loss.Outputs).Select(_ => 2 * random.NextNormal())];
    }
}
