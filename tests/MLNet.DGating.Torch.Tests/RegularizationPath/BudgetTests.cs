using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Groups with costs, and a budget in place of a count.</summary>
public class BudgetTests
{
    private static readonly int[] s_sizes = [1, 3, 1, 1, 2, 1, 1, 4, 1, 1];
    private static readonly double[] s_costs = [3, 1, 2, 5, 1, 1, 4, 2, 2, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, s_sizes, [1, 5, 8]);
    private static readonly FitSettings s_settings = TestRuns.Linear.With(training => training with { LambdaGrowth = 1.3 });

    [Fact]
    public void TheSelection_IsTheLongestFrontOfTheRankingThatTheBudgetPaysFor() =>
        Gen.Select(Gen.Double[0.2, 5].Array[10], Gen.Double[0, 1.1], Gen.Int[0, 9].HashSet[0, 3], Gen.Int[1, 1000]).Sample(
            (costs, share, kept, seed) =>
            {
                double always = kept.Sum(group => costs[group]), budget = always + share * (costs.Sum() - always);
                TrainingSet data = With([.. costs.Select((cost, j) => new GroupTerms(1, cost, kept.Contains(j)))]);
                PathResult path = TestRuns.Follow(data, s_settings with { Seed = seed }, new StopRule.WithinBudget(budget));
                int[] selected = path.Snapshots.Single().Groups;
                Assert.Equal(path.Ranking.Take(selected.Length).Order(), selected);
                Assert.Superset(kept, selected.ToHashSet());
                Assert.True(selected.Sum(group => costs[group]) <= budget * (1 + 1e-9));
                Assert.True(selected.Length == 10 || path.Ranking.Take(selected.Length + 1).Sum(group => costs[group]) > budget);
                if (share >= 1)
                {
                    Assert.Equal(10, selected.Length);
                }
            }, iter: 25);

    [Fact]
    public void ABudget_GivesTheSelectionOfItsCount_AndLargerBudgetsContainSmallerOnes()
    {
        TrainingSet data = With(GroupTermsOf.Costing(s_costs));
        int[] larger = [.. Enumerable.Range(0, 10)];
        foreach (double budget in (double[])[22, 15, 9, 5, 3])
        {
            FitResult fit = Fit(data, budget);
            Assert.Subset(larger.ToHashSet(), fit.Groups.ToHashSet());
            Assert.Equal(fit.Groups, TestRuns.Fit(data, s_settings.At(fit.Groups.Length)).Groups);
            larger = fit.Groups;
        }
    }

    [Fact]
    public void WhereTheSelectionIsEvaluated_TheBudgetHoldsInTheFinalFit()
    {
        TrainingSet data = With(GroupTermsOf.Costing(s_costs));
        var messages = new List<string>();
        FitSettings settings = s_settings with { IsEvaluated = true, Stop = new StopRule.WithinBudget(4) };
        FitResult fit = TestRuns.Fit(data, settings, context: RunContext.Silent with { Inform = messages.Add });
        Assert.Equal([1, 5, 8], fit.Groups);
        Assert.Contains("feature count among what the budget pays for", messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ARoundingOfTheSum_DoesNotBreakTheBudget() =>
        Assert.Equal(3, Fit(With(GroupTermsOf.Costing(Enumerable.Repeat(0.1, 10))), budget: 0.3).Groups.Length);

    [Fact]
    public void ABudgetBelowWhatAlwaysStays_IsRefused()
    {
        TrainingSet data = With(GroupTermsOf.Keeping(10, [2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestRuns.Follow(data, s_settings, new StopRule.WithinBudget(1.5)));
    }

    [Fact]
    public void OfTwoCopies_TheCheaperStays_UnderTheConvexPenalty() =>
        Gen.Select(Gen.Double[1.5, 10], Gen.Int[1, 10_000], Gen.Bool).Sample((ratio, seed, firstIsDear) =>
        {
            TrainingSet data = TwoCopies(seed, ratio, firstIsDear);
            foreach (FitSettings settings in (FitSettings[])[s_settings, TestRuns.Small])
            {
                Assert.Equal([firstIsDear ? 1 : 0], Last(data, settings, seed, depth: 2));
            }
        }, iter: 15);

    // For D > 2 zero is always a local minimum: the dearer copy can win where chance began with larger weights there.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void OfTwoCopies_TheCheaperMostlyStays_UnderDeeperGates(double depth)
    {
        int cheaper = Enumerable.Range(1, 20).Count(seed =>
            Last(TwoCopies(seed, ratio: 4, firstIsDear: seed % 2 == 0), s_settings, seed, depth)[0] == (seed % 2 == 0 ? 1 : 0));
        Assert.InRange(cheaper, 17, 20);
    }

    private static TrainingSet With(GroupTerms[] terms) => s_data with { Groups = GroupLayout.Create(s_sizes, terms) };

    private static FitResult Fit(TrainingSet data, double budget) =>
        TestRuns.Fit(data, s_settings with { Stop = new StopRule.WithinBudget(budget) });

    private static int[] Last(TrainingSet data, FitSettings settings, int seed, double depth)
    {
        FitSettings changed = settings.With(training => training with { GateDepth = depth }) with { Seed = seed };
        return TestRuns.FollowToCounts(data, changed, [1]).Snapshots.Single().Groups;
    }

    // Groups 0 and 1 are the same column; only it matters.
    private static TrainingSet TwoCopies(int seed, double ratio, bool firstIsDear)
    {
        TrainingSet noise = Planted.Linear(seed, 150, [1, 1, 1, 1], [0]);
        return noise with
        {
            Features = RandomData.Matrix(150, 4, (i, j) => noise.Features.Row(i)[j == 1 ? 0 : j]),
            Groups = GroupLayout.Create([1, 1, 1, 1], GroupTermsOf.Costing(firstIsDear ? [ratio, 1, 1, 1] : [1, ratio, 1, 1])),
        };
    }
}
