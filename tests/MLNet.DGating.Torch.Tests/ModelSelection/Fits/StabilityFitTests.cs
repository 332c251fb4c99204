using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class StabilityFitTests
{
    private const int Pairs = 4;

    private static readonly int[] s_planted = [1, 5];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], s_planted);
    private static readonly TrainingSettings s_settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3 };
    private static readonly Lazy<StabilityFit> s_fit = new(() => Run(s_data, s_settings));

    [Fact]
    public void EveryHalf_RanksAllGroups_ThePlantedOnesFirst()
    {
        Assert.Equal(2 * Pairs, s_fit.Value.Rankings.Length);
        Assert.All(s_fit.Value.Rankings, ranking =>
        {
            Assert.Equal(Enumerable.Range(0, 8), ranking.Order());
            Assert.Equal(s_planted, ranking.Take(2).Order());
        });
        Assert.True(s_fit.Value.Rankings.Select(ranking => string.Join(',', ranking)).Distinct().Count() > Pairs, "The halves should differ in what is noise.");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(null)]
    public void Rankings_DoNotDependOnTheNumberOfThreads_ButOnTheSeed(double? noise)
    {
        TrainingSettings settings = s_settings with { InputNoise = noise };
        int[][] one = Run(s_data, settings).Rankings;
        Assert.Equal(one, Run(s_data, settings with { Threads = 2 }).Rankings);
        Assert.NotEqual(one, Run(s_data, settings with { Seed = 7 }).Rankings);
    }

    [Fact]
    public void ThePairs_AreDisjointHalves_EveryOneDrawnAfresh()
    {
        int[] rows = Runs.All(s_data);
        var runs = new TrialRuns(s_data, s_settings, RunContext.Silent);
        (int[] Half, int Seed)[] first = runs.Pair(rows, 0), second = runs.Pair(rows, 1);
        Assert.Equal([100, 100], first.Select(half => half.Half.Length));
        Assert.Equal(rows, first.SelectMany(half => half.Half).Order());
        Assert.NotEqual(first[0].Half, second[0].Half);
        Assert.Equal(4, first.Concat(second).Select(half => half.Seed).Distinct().Count());
    }

    [Fact]
    public void AHalf_KnowsNothingOfTheOther()
    {
        var runs = new TrialRuns(s_data, s_settings, RunContext.Silent);
        (int[] half, int seed) = runs.Pair(Runs.All(s_data), 0)[0];
        float[] shaken = [.. s_data.Targets.Select((target, row) => half.Contains(row) ? target : 1000 + target)];
        PathResult path = runs.Rank(half, 0.5, seed), other = new TrialRuns(s_data with { Targets = shaken }, s_settings, RunContext.Silent).Rank(half, 0.5, seed);
        Assert.Equal(path.Points, other.Points);
        Assert.Equal(path.Ranking, other.Ranking);
    }

    [Fact]
    public void AModel_IsOfExactlyTheGroupsGiven()
    {
        FitResult model = s_fit.Value.ModelOf(s_planted, RunContext.Silent);
        Assert.Equal(s_planted, model.Groups);
        Assert.Equal(s_data.Groups.ColumnsOf(s_planted).Length * model.Shape.GatedWidth, model.State.Primary.Length);
        Assert.All(Enumerable.Range(0, 8), group => Assert.Equal(s_planted.Contains(group), double.IsPositiveInfinity(model.LambdaOut[group])));
        Assert.All(Enumerable.Range(0, 8).Except(s_planted), group => Assert.InRange(model.LambdaOut[group], double.Epsilon, 1e3));
        Assert.True(model.Points[^1].TrainingLoss < RowEvaluation.OfConstant(s_data, Runs.All(s_data), s_settings.Loss) / 2);
    }

    [Fact]
    public void OnNoise_FewerGroupsAreStableThanTheBoundSays()
    {
        const int Features = 12, Selected = 3, Repetitions = 6;
        double stable = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            var random = new Random(repetition);
            var noise = new TrainingSet(
                RandomData.NormalMatrix(random, 60, Features), [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())], null, GroupLayout.PerColumn(Features));
            int[][] rankings = StabilityFit.Run(
                noise, Runs.All(noise), 6, Runs.Linear(new SquaredLoss()) with { LambdaGrowth = 2, DenseIterations = 2, Seed = repetition }, RunContext.Silent).Rankings;
            stable += Enumerable.Range(0, Features).Count(group => rankings.Count(ranking => ranking.Take(Selected).Contains(group)) >= 0.75 * rankings.Length);
        }

        Assert.InRange(stable / Repetitions, 0, FalseSelectionBound.Of(Selected, Features, 0.75, 6).Expected);
    }

    private static StabilityFit Run(TrainingSet data, TrainingSettings settings) => StabilityFit.Run(data, Runs.All(data), Pairs, settings, RunContext.Silent);
}
