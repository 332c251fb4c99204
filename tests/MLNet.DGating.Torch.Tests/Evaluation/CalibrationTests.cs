using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class CalibrationTests
{
    private const int Rows = 4000;

    [Theory]
    [InlineData(3)]
    [InlineData(0.5)]
    public void ScoresThatAreTooSure_OrTooUnsure_AreTakenBack(double sureness)
    {
        // The true logits lie about that of the share of the rare class.
        const float Center = -2;
        (float[] logits, float[] targets) = Draw(Center);
        float[] scores = [.. logits.Select(logit => (float)(Center + sureness * (logit - Center)))];
        Assert.Equal(1 / sureness, Calibration.Factor(new LogisticLoss(), scores, targets, [], [Center]), 0.1 / sureness);
    }

    [Fact]
    public void CalibratedScores_StayNearlyAsTheyAre()
    {
        (float[] logits, float[] targets) = Draw(0);
        Assert.InRange(Calibration.Factor(new LogisticLoss(), logits, targets, [], [0]), 0.9, 1.1);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void RowsThatAreAllRight_AreAsSureAsIfTwoWereWrong(int rows)
    {
        float[] targets = [.. Enumerable.Range(0, rows).Select(row => (float)(row % 2))];
        float[] scores = [.. targets.Select(target => target > 0 ? 2f : -2)];
        double factor = Calibration.Factor(new LogisticLoss(), scores, targets, [], [0]);
        Assert.Equal(Math.Log(rows / 2.0) / 2, factor, 1e-3);
    }

    [Fact]
    public void ScoresThatSayNothing_BecomeThoseOfTheNullModel()
    {
        var random = new Random(4);
        float[] scores = [.. Enumerable.Range(0, Rows).Select(_ => 3 * random.NextNormal())];
        float[] targets = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(2))];
        Assert.InRange(Calibration.Factor(new LogisticLoss(), scores, targets, [], [0]), 0, 0.05);
    }

    [Theory]
    [InlineData(150, 80, true)]
    [InlineData(150, 95, false)]
    [InlineData(15_000, 8000, false)]
    public void TheCenter_IsZero_WhereTheSharesOfTwoClassesAreEqualButForChance(int rows, int positive, bool isZero)
    {
        TrainingSet data = Planted.LinearClasses(1, rows, [1], [0]);
        data = data with { Targets = [.. Enumerable.Range(0, rows).Select(row => row < positive ? 1f : 0f)] };
        float expected = isZero ? 0 : MathF.Log((float)positive / (rows - positive));
        Assert.Equal(expected, Calibration.Center(data, TestRuns.All(data))[0], 1e-4f);
    }

    [Fact]
    public void TheCenter_IsThatOfTheWeightedShares_OfSeveralClassesToo()
    {
        TrainingSet data = Planted.Classes(seed: 3, rows: 300, columns: 4);
        int[] all = TestRuns.All(data);
        float[] balanced = [.. Enumerable.Range(0, 300).Select(row => (float)(row % 3))];
        float[] skewed = [.. balanced.Select(c => c == 2 ? 0f : c)];
        float[] twice = [.. balanced.Select(c => c == 1 ? 2f : 1f)];
        Assert.Equal(new float[3], Calibration.Center(data with { Targets = balanced }, all));
        Assert.Equal(data.Task.Loss.Outputs, Calibration.Center(data with { Targets = skewed }, all).Length);
        Assert.NotEqual(new float[3], Calibration.Center(data with { Targets = skewed }, all));
        Assert.NotEqual(new float[3], Calibration.Center(data with { Targets = balanced, Weights = twice }, all));
    }

    [Fact]
    public void TheLossOfSeveralClasses_IsNotRaised() => Gen.Select(Gen.Int, Gen.Int[2, 5], Gen.Float[0.1f, 8]).Sample((
        seed, classes, scale) =>
    {
        var random = new Random(seed);
        var loss = new SoftmaxLoss(classes);
        float[] targets = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(classes))];
        float[] scores = [.. Enumerable.Range(0, 300 * classes).Select(i =>
            scale * (random.NextNormal() + (i % classes == (int)targets[i / classes] ? 1 : 0)))];
        float[] center = [.. Enumerable.Range(0, classes).Select(_ => random.NextNormal())];
        double factor = Calibration.Factor(loss, scores, targets, [], center);
        float[] calibrated = [.. scores.Select((score, i) => (float)(center[i % classes] + factor * (score - center[i % classes])))];
        Assert.InRange(Mean(calibrated), 0, Mean(scores) + 1e-6);

        double Mean(float[] of)
        {
            double[] losses = new double[300];
            loss.Evaluate(of, targets, losses);
            return losses.Average();
        }
    }, iter: 30);

    private static (float[] Logits, float[] Targets) Draw(float center)
    {
        var random = new Random(3);
        float[] logits = [.. Enumerable.Range(0, Rows).Select(_ => center + 1.5f * random.NextNormal())];
        return (logits, [.. logits.Select(logit => random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1f : 0)]);
    }
}
