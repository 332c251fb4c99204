using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class StabilityFitTests
{
    private const int Pairs = 4;

    private static readonly int[] s_planted = [1, 5];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], s_planted);
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 });
    private static readonly Lazy<StabilityFit> s_fit = new(() => Run(s_settings));

    [Fact]
    public void EveryHalf_RanksAllGroups_ThePlantedOnesFirst()
    {
        Assert.Equal(2 * Pairs, s_fit.Value.Rankings.Length);
        Assert.All(s_fit.Value.Rankings, ranking =>
        {
            Assert.Equal(Enumerable.Range(0, 8), ranking.Order());
            Assert.Equal(s_planted, ranking.Take(2).Order());
        });
        int different = s_fit.Value.Rankings.Select(ranking => string.Join(',', ranking)).Distinct().Count();
        Assert.True(different > Pairs, "The halves should differ in what is noise.");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(null)]
    public void Rankings_DoNotDependOnTheNumberOfThreads_ButOnTheSeed(double? noise)
    {
        FitSettings settings = s_settings with { InputNoise = noise };
        int[][] one = Run(settings).Rankings;
        Assert.Equal(one, Run(settings, TestRuns.OnThreads(2)).Rankings);
        Assert.NotEqual(one, Run(settings with { Seed = 7 }).Rankings);
    }

    [Fact]
    public void ThePairs_AreDisjointHalves_EveryOneDrawnAfresh()
    {
        int[] rows = TestRuns.All(s_data);
        (int[] Half, int Seed)[] first = s_data.Halve(rows, 0, seed: 1), second = s_data.Halve(rows, 1, seed: 1);
        Assert.Equal([100, 100], first.Select(half => half.Half.Length));
        Assert.Equal(rows, first.SelectMany(half => half.Half).Order());
        Assert.NotEqual(first[0].Half, second[0].Half);
        Assert.Equal(4, first.Concat(second).Select(half => half.Seed).Distinct().Count());
    }

    [Fact]
    public void AHalf_KnowsNothingOfTheOther()
    {
        (int[] half, int seed) = s_data.Halve(TestRuns.All(s_data), 0, seed: 1)[0];
        float[] shaken = [.. s_data.Targets.Select((target, row) => half.Contains(row) ? target : 1000 + target)];
        PathResult path = Rank(s_data), other = Rank(s_data with { Targets = shaken });
        Assert.Equal(path.Points, other.Points);
        Assert.Equal(path.Ranking, other.Ranking);

        PathResult Rank(TrainingSet data) => TestRuns.Carry(data, s_settings.Path(half, [], noise: 0.5, StopRule.AtCount(1)) with
        {
            Seed = seed,
            Refits = false,
            CopiesRows = true,
        }).Path!;
    }

    [Fact]
    public void AModel_IsOfExactlyTheGroupsGiven()
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings);
        FitResult model = s_fit.Value.ModelOf(workflow, s_planted);
        Assert.Equal(s_planted, model.Groups);
        Assert.Equal(s_data.Groups.ColumnsOf(s_planted).Length * model.Shape.GatedWidth, model.State.Primary.Length);
        Assert.All(Enumerable.Range(0, 8), group =>
            Assert.Equal(s_planted.Contains(group), double.IsPositiveInfinity(model.LambdaOut[group])));
        Assert.All(Enumerable.Range(0, 8).Except(s_planted), group => Assert.InRange(model.LambdaOut[group], double.Epsilon, 1e3));
        Assert.True(model.Points[^1].TrainingLoss < RowEvaluation.OfNullModel(s_data, TestRuns.All(s_data)) / 2);
    }

    [Fact]
    public void OnNoise_FewerGroupsAreStableThanTheBoundSays()
    {
        const int Features = 12, Selected = 3, Repetitions = 6;
        FitSettings settings = TestRuns.Linear.With(training => training with { LambdaGrowth = 2, NumberOfDenseIterations = 2 });
        double stable = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            var random = new Random(repetition);
            var noise = new TrainingSet(
                RandomData.NormalMatrix(random, 60, Features), [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())], null,
                GroupLayout.PerColumn(Features), LearningTask.Regression);
            using FitWorkflow workflow = TestRuns.Workflow(noise, settings with { Seed = repetition });
            int[][] rankings = StabilityFit.Run(workflow, TestRuns.All(noise), 6).Rankings;
            stable += Enumerable.Range(0, Features)
                .Count(group => rankings.Count(ranking => ranking.Take(Selected).Contains(group)) >= 0.75 * rankings.Length);
        }

        Assert.InRange(stable / Repetitions, 0, FalseSelectionBound.Of(Selected, Features, 0.75, 6).Expected);
    }

    private static StabilityFit Run(FitSettings settings, ExecutionSettings? execution = null)
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, settings, execution);
        return StabilityFit.Run(workflow, TestRuns.All(s_data), Pairs);
    }
}
