using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Groups with costs, and a budget in place of a count.</summary>
public class BudgetTests
{
    private static readonly int[] s_sizes = [1, 3, 1, 1, 2, 1, 1, 4, 1, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, s_sizes, [1, 5, 8]);
    private static readonly TrainingSettings s_settings = Runs.Linear(new SquaredLoss()) with { LambdaGrowth = 1.3 };

    [Fact]
    public void TheSelection_IsTheLongestFrontOfTheRankingThatTheBudgetPaysFor() =>
        Gen.Select(Gen.Double[0.2, 5].Array[10], Gen.Double[0, 1.1], Gen.Int[0, 9].HashSet[0, 3], Gen.Int[1, 1000]).Sample((costs, share, kept, seed) =>
        {
            double always = kept.Sum(group => costs[group]), budget = always + share * (costs.Sum() - always);
            TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, [.. costs.Select((cost, j) => new GroupTerms(1, cost, kept.Contains(j)))]) };
            using PathRun run = Runs.Path(data, s_settings with { Seed = seed });
            PathResult path = run.FollowToBudget(budget);
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
        double[] costs = [3, 1, 2, 5, 1, 1, 4, 2, 2, 1];
        TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Costing(costs)) };
        int[] larger = [.. Enumerable.Range(0, 10)];
        foreach (double budget in (double[])[22, 15, 9, 5, 3])
        {
            FitResult fit = Runs.Fit(data, s_settings with { Budget = budget });
            Assert.Subset(larger.ToHashSet(), fit.Groups.ToHashSet());
            Assert.Equal(fit.Groups, Runs.Fit(data, s_settings with { Count = fit.Groups.Length }).Groups);
            larger = fit.Groups;
        }
    }

    [Fact]
    public void WhereTheSelectionIsJudged_TheBudgetHoldsInTheFinalFit()
    {
        TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Costing([3, 1, 2, 5, 1, 1, 4, 2, 2, 1])) };
        var messages = new List<string>();
        FitResult fit = Runs.Fit(data, s_settings with { IsJudged = true, Budget = 4 }, RunContext.Silent with { Inform = messages.Add });
        Assert.Equal([1, 5, 8], fit.Groups);
        Assert.Contains("feature count among what the budget pays for", messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ARoundingOfTheSum_DoesNotBreakTheBudget()
    {
        TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Costing(Enumerable.Repeat(0.1, 10))) };
        Assert.Equal(3, Runs.Fit(data, s_settings with { Budget = 0.3 }).Groups.Length);
    }

    [Fact]
    public void ABudgetBelowWhatAlwaysStays_IsRefused()
    {
        TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Keeping(10, [2, 3])) };
        using PathRun run = Runs.Path(data, s_settings);
        Assert.Throws<ArgumentOutOfRangeException>(() => run.FollowToBudget(1.5));
    }

    [Fact]
    public void OfTwoCopies_TheCheaperStays_UnderTheConvexPenalty() =>
        Gen.Select(Gen.Double[1.5, 10], Gen.Int[1, 10_000], Gen.Bool).Sample((ratio, seed, firstIsDear) =>
        {
            TrainingSet data = TwoCopies(seed, ratio, firstIsDear);
            foreach (TrainingSettings settings in (TrainingSettings[])[s_settings, Runs.Settings(new SquaredLoss())])
            {
                Assert.Equal([firstIsDear ? 1 : 0], Last(data, settings with { Seed = seed, GateDepth = 2 }));
            }
        }, iter: 15);

    // For D > 2 zero is always a local minimum: the dearer copy can win where chance began with larger weights there.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void OfTwoCopies_TheCheaperMostlyStays_UnderDeeperGates(double depth)
    {
        int cheaper = Enumerable.Range(1, 20).Count(seed => Last(TwoCopies(seed, ratio: 4, seed % 2 == 0), s_settings with { Seed = seed, GateDepth = depth })[0] == (seed % 2 == 0 ? 1 : 0));
        Assert.InRange(cheaper, 17, 20);
    }

    private static int[] Last(TrainingSet data, TrainingSettings settings) => Runs.FollowToCounts(data, settings, [1]).Snapshots.Single().Groups;

    // Groups 0 and 1 are the same column; only it matters.
    private static TrainingSet TwoCopies(int seed, double ratio, bool firstIsDear)
    {
        TrainingSet noise = Planted.Linear(seed, 150, [1, 1, 1, 1], [0]);
        return new TrainingSet(
            RandomData.Matrix(150, 4, (i, j) => noise.Features.Row(i)[j == 1 ? 0 : j]), noise.Targets, null,
            GroupLayout.Create([1, 1, 1, 1], GroupTermsOf.Costing(firstIsDear ? [ratio, 1, 1, 1] : [1, ratio, 1, 1])));
    }
}
