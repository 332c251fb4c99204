using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class KnockoffFitTests
{
    private const double Rate = 0.3;

    private static readonly int[] s_planted = [1, 3, 5, 7, 9, 11];
    private static readonly TrainingSet s_data = Planted.Linear(1, 300, [.. Enumerable.Repeat(1, 16), 2, 3], s_planted);
    private static readonly int[] s_ones = [.. Enumerable.Repeat(1, 20)];
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.15 });
    private static readonly Lazy<KnockoffFit> s_fit = new(() => Run(s_data, s_settings, draws: 3));

    [Fact]
    public void PlantedGroups_AreSelected()
    {
        Assert.Equal(s_planted, s_fit.Value.Selected.Order());
        Assert.All(s_planted, group => Assert.Equal(1, s_fit.Value.Frequencies[group]));
        Assert.All(s_planted, group => Assert.All(s_fit.Value.Statistics, draw => Assert.True(draw[group] > 0)));
    }

    [Fact]
    public void Draws_Differ_ButNotInTheGroupsThatMatter()
    {
        double[][] draws = s_fit.Value.Statistics;
        Assert.Equal(3, draws.Length);
        Assert.NotEqual(draws[0], draws[1]);
        Assert.NotEqual(draws[1], draws[2]);
    }

    [Fact]
    public void Statistics_DoNotDependOnTheNumberOfThreads_ButOnTheSeed()
    {
        Assert.Equal(s_fit.Value.Statistics, Run(s_data, s_settings, 3, TestRuns.OnThreads(3)).Statistics);
        Assert.NotEqual(s_fit.Value.Statistics[0], Run(s_data, s_settings with { Seed = 7 }, 1).Statistics[0]);
        // The first draw does not depend on how many follow it.
        Assert.Equal(s_fit.Value.Statistics[0], Run(s_data, s_settings, 1).Statistics[0]);
    }

    [Fact]
    public void OnADevice_PlantedGroupsAreSelected() =>
        Assert.Superset(s_planted.ToHashSet(), Run(s_data, s_settings, 2, TestRuns.Batched).Selected.ToHashSet());

    [Fact]
    public void RowsInHalfPrecision_SelectPlantedGroups()
    {
        var half = new HalfMatrix(s_data.Features.Columns);
        float[] row = new float[half.Columns];
        for (int i = 0; i < s_data.Rows; i++)
        {
            s_data.Features.Read(i, row);
            half.Add(row);
        }

        Assert.Superset(s_planted.ToHashSet(), Run(s_data with { Features = half }, s_settings, 2).Selected.ToHashSet());
    }

    [Fact]
    public void AGroupThatAlwaysStays_IsNotSelected_AndIsInTheModel()
    {
        GroupTerms[] terms = [.. Enumerable.Range(0, 18).Select(group => GroupTerms.Ordinary with { IsKept = group is 1 or 16 })];
        TrainingSet data = s_data with { Groups = GroupLayout.Create([.. Enumerable.Range(0, 18).Select(s_data.Groups.Size)], terms) };
        KnockoffFit fit = Run(data, s_settings, 1);
        Assert.Equal(s_planted[1..], fit.Selected.Order());
        Assert.Equal((0, 0), (fit.Statistics[0][1], fit.Statistics[0][16]));

        using FitWorkflow workflow = TestRuns.Workflow(data, s_settings);
        int[] groups = [.. s_planted, 16];
        FitResult model = fit.ModelOf(workflow, groups);
        Assert.Equal(groups, model.Groups);
        Assert.All(
            Enumerable.Range(0, 18), group => Assert.Equal(groups.Contains(group), double.IsPositiveInfinity(model.LambdaOut[group])));
    }

    [Fact]
    public void WithoutASignal_HardlyAnyFitSelects()
    {
        FitSettings settings = TestRuns.Linear.With(training => training with { LambdaGrowth = 1.5, NumberOfDenseIterations = 2 });
        int selecting = Enumerable.Range(0, 12).Count(repetition =>
        {
            TrainingSet label = Planted.Linear(100 + repetition, 100, [1], [0]), noise = Planted.Linear(repetition, 100, s_ones, []);
            return Run(noise with { Targets = label.Targets }, settings with { Seed = repetition }, 1).Selected.Length > 0;
        });
        Assert.InRange(selecting, 0, 8);
    }

    private static KnockoffFit Run(TrainingSet data, FitSettings settings, int draws, ExecutionSettings? execution = null)
    {
        using FitWorkflow workflow = TestRuns.Workflow(data, settings, execution);
        return KnockoffFit.Run(workflow, TestRuns.All(data), Rate, draws);
    }
}
