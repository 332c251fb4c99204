using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Search;

public class SuccessiveHalvingTests
{
    private static readonly Gen<(int Candidate, double BoundedLoss)[]> s_rung =
        from losses in Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.5), Gen.Const(double.PositiveInfinity)).Array[1, 40]
        select losses.Select((loss, candidate) => (candidate, loss)).ToArray();

    [Fact]
    public void ThePromoted_AreTheBetterHalfAndCandidate0() => s_rung.Sample(rung =>
    {
        int[] promoted = SuccessiveHalving.Promote(rung);
        int half = (rung.Length + 1) / 2;
        Assert.Contains(0, promoted);
        Assert.Equal(promoted.Order().Distinct(), promoted);
        Assert.InRange(promoted.Length, half, half + 1);
        int[] others = [.. promoted.Where(candidate => candidate != 0)];
        double worst = others.Length == 0 ? 0 : others.Max(candidate => rung[candidate].BoundedLoss);
        Assert.All(rung.Where(trial => !promoted.Contains(trial.Candidate)), trial => Assert.True(trial.BoundedLoss >= worst));
    });

    [Fact]
    public void TheOrderInWhichTrialsFinish_DoesNotMatter() =>
        Gen.Select(s_rung, Gen.Int).Sample((rung, seed) => Assert.Equal(
            SuccessiveHalving.Promote(rung),
            SuccessiveHalving.Promote([.. rung.OrderBy(trial => HashCode.Combine(trial.Candidate, seed))])));

    [Fact]
    public void EveryRung_HasTwiceTheEffortOfTheOneBefore_AndTheLastThatOfAFit() => Gen.Int[1, 100].Sample(candidates =>
    {
        int rungs = SuccessiveHalving.Rungs(candidates);
        Assert.Equal(1, SuccessiveHalving.Effort(rungs - 1, rungs));
        for (int rung = 1; rung < rungs; rung++)
        {
            Assert.Equal(2 * SuccessiveHalving.Effort(rung - 1, rungs), SuccessiveHalving.Effort(rung, rungs));
        }

        // All rungs together cost no more than a fit of every candidate.
        double cost = 0;
        for (int rung = 0, open = candidates; rung < rungs; rung++, open = (open + 1) / 2)
        {
            cost += open * SuccessiveHalving.Effort(rung, rungs);
        }

        Assert.True(cost <= candidates + rungs, $"{candidates} candidates cost {cost} fits");
    });

    [Fact]
    public void LessEffort_IsAShorterPathAndRefit_AndTheSameDensePhase()
    {
        TrainingSettings whole = TestRuns.Small.Training, half = whole.Shortened(0.5);
        Assert.Equal(whole.LambdaGrowth * whole.LambdaGrowth, half.LambdaGrowth, 1e-12);
        Assert.Equal(whole.NumberOfRefitIterations / 2, half.NumberOfRefitIterations);
        Assert.Equal(whole.NumberOfHoldIterations / 2, half.NumberOfHoldIterations);
        Assert.Equal(whole.NumberOfDenseIterations, half.NumberOfDenseIterations);
        Assert.Equal(whole, whole.Shortened(1));
    }
}
