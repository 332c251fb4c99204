using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>A cut group is exactly zero, and taking its columns out changes nothing for those that stay.</summary>
public class CompactionTests
{
    private static readonly Gen<(Problem Problem, int[] Gone, int Seed)> s_cut =
        from problem in Problem.Any
        from gone in Gen.Int[0, problem.Groups.Count - 1].HashSet[0, Math.Max(0, problem.Groups.Count - 1)]
        from seed in Gen.Int[0, int.MaxValue]
        select (problem, gone.Order().ToArray(), seed);

    [Fact]
    public void Cut_MakesTheGroupsExactlyZero_ForEver() => s_cut.Sample((problem, gone, seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var engine = Engine.OnCpu(problem, problem.Data.Rows);
        engine.Network.Load(problem.State(seed), 3);
        engine.Network.Cut(gone, 3);
        for (int i = 0; i < 3; i++)
        {
            double[] norms = Groups.Norms(problem.Groups, engine.Effective(3));
            Assert.All(gone, group => Assert.Equal(0, norms[group]));
            Assert.All(Enumerable.Range(0, norms.Length).Except(gone), group => Assert.NotEqual(0, norms[group]));
            engine.Step(problem.Rows, new StepSettings(0.02f, 0.9f, 0, 0.01, 3, 0));
        }
    }, iter: 100);

    [Fact]
    public void KeepGroups_TakesTheColumnsOut_AndScoresStayAsTheyAre() => s_cut.Sample((problem, gone, seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var engine = Engine.OnCpu(problem, problem.Data.Rows);
        engine.Network.Load(problem.State(seed), 2.5);
        engine.Step(problem.Rows, new StepSettings(0.02f, 0.9f, 0, 0.01, 2.5, 0));
        engine.Network.Cut(gone, 2.5);
        float[] before = engine.Network.Score(problem.Rows);
        int[] kept = [.. Enumerable.Range(0, problem.Groups.Count).Except(gone)];
        engine.Network.KeepGroups(kept, 2.5);
        Assert.Equal(problem.Groups.ColumnsOf(kept).Length * problem.Shape.GatedWidth, engine.Primary.Length);
        Near.Rounding(before, engine.Network.Score(problem.Rows), 1e-6);
    }, iter: 100);

    [Fact]
    public void SelectAndFold_OfAState_GiveTheSameFunctionOfTheColumnsThatStay() => s_cut.Sample((problem, gone, seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        int[] kept = [.. Enumerable.Range(0, problem.Groups.Count).Except(gone)];
        NetworkState state = problem.State(seed);
        using var whole = Engine.OnCpu(problem, problem.Data.Rows);
        whole.Network.Load(state, 3);
        whole.Network.Cut(gone, 3);

        GroupLayout layout = problem.Groups.Select(kept);
        TrainingSet data = problem.Data with { Features = problem.Data.Features.Select(problem.Groups.ColumnsOf(kept)), Groups = layout };
        Problem smaller = problem with { Data = data };
        using var selected = Engine.OnCpu(smaller, problem.Data.Rows);
        selected.Network.Load(state.Select(problem.Groups, kept).Fold(layout, 3), StepSettings.Ungated);
        Near.Rounding(whole.Network.Score(problem.Rows), selected.Network.Score(problem.Rows), 1e-6);
    }, iter: 100);
}
