using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Candidates of three counts whose losses differ by plus and minus the same amount in turn.</summary>
/// <remarks>There are 200 rows, and the loss of the constant is 1.</remarks>
public class HeldOutEvidenceTests
{
    private const int Rows = 200;

    [Fact]
    public void RowsThatTellEveryCountFromTheBest_Decide() => Assert.Null(Doubt([Of(8, 0.2), Of(4, 0.4), Of(2, 0.6)], chosen: 8));

    [Fact]
    public void ACountThatMayGiveUpATenthOfTheGain_IsDoubted()
    {
        // The gain is 0.8; the standard error of the difference is its spread / √200.
        Assert.Null(Doubt([Of(8, 0.2), Of(4, 0.22, spread: 0.6), Of(2, 0.6)], chosen: 4));
        Assert.Equal(
            "200 held-out rows do not decide (4 feature groups may give up a tenth of what 8 gain over a constant): 5 folds do.",
            Doubt([Of(8, 0.2), Of(4, 0.24, spread: 0.8), Of(2, 0.6)], chosen: 4));
    }

    [Fact]
    public void WhatCountsIsTheShareOfTheGain() => Gen.Double[0.01, 100].Sample(unit =>
    {
        EvaluatedCandidate best = Of(8, 0.2 * unit), near = Of(4, 0.22 * unit, 0.6 * unit), far = Of(4, 0.3 * unit);
        Assert.Null(Doubt([best, near], chosen: 4, constant: unit));
        Assert.NotNull(Doubt([best, far], chosen: 4, constant: unit));
    });

    [Fact]
    public void ACountAsGoodAsOneMoreThanEightTimesAsLarge_IsDoubted()
    {
        Assert.Null(Doubt([Of(16, 0.2), Of(2, 0.2)], chosen: 2));
        Assert.Contains("2 feature groups are as good as 17", Doubt([Of(17, 0.2), Of(2, 0.2)], chosen: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingKept_IsDoubted() => Assert.NotNull(Doubt([Of(8, 1.1), Of(4, 1)], chosen: 0));

    [Fact]
    public void SamplesThatChooseOtherwise_AreDoubted() => Assert.Contains(
        "74 % of their bootstrap samples choose about 8 feature groups",
        Doubt([Of(8, 0.2), Of(4, 0.6)], chosen: 8, agreement: 0.74), StringComparison.Ordinal);

    [Fact]
    public void FewRows_AreDoubted_AndRowsOfABlockCountAsOne()
    {
        Assert.Contains("99 of them are independent, and 100 are needed",
            Doubt([Of(8, 0.2, rows: 99), Of(4, 0.6, rows: 99)], chosen: 8, rows: 99), StringComparison.Ordinal);
        int[] blocks = [.. Enumerable.Range(0, Rows).Select(row => row / 4)];
        Assert.Contains("50 of them are independent", Doubt([Of(8, 0.2), Of(4, 0.6)], chosen: 8, blocks: blocks), StringComparison.Ordinal);
    }

    private static string? Doubt(
        EvaluatedCandidate[] candidates, int chosen, double agreement = 1, double constant = 1, int rows = Rows, int[]? blocks = null)
    {
        TrainingSet data = Planted.Linear(1, Rows, [1, 2], [0]) with { Blocks = blocks };
        using FitWorkflow workflow = TestRuns.Workflow(data, TestRuns.Small);
        EvaluatedCandidate none = Of(0, constant, rows: rows);
        return new HeldOutEvidence(workflow, [.. Enumerable.Range(0, rows)])
            .Doubt(candidates, none, candidates.Append(none).Single(candidate => candidate.Count == chosen), agreement);
    }

    private static EvaluatedCandidate Of(int count, double loss, double spread = 0, int rows = Rows) =>
        new(count, [.. Enumerable.Range(0, rows).Select(row => loss + (row % 2 == 0 ? spread : -spread))]);
}
