using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class FitWorkflowTests
{
    [Fact]
    public void APreview_IsAllOfFewRows_AndEvenlySpacedOnesOfMany() => Gen.Int[1, 40_000].Sample(count =>
    {
        TrainingSet data = Planted.Linear(1, 20, [1, 2], [0]);
        using FitWorkflow workflow = TestRuns.Workflow(data, TestRuns.Small);
        int[] rows = [.. Enumerable.Range(5, count)], preview = workflow.Preview(rows);
        Assert.Equal(Math.Min(count, 8192), preview.Length);
        Assert.Equal(rows[0], preview[0]);
        double space = (double)count / preview.Length;
        Assert.All(preview.Zip(preview.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, Math.Floor(space), Math.Ceiling(space)));
        Assert.InRange(rows[^1] - preview[^1], 0, space);
    }, iter: 50);

    [Fact]
    public void APreview_HasEnoughRowsForEachInput()
    {
        TrainingSet data = Planted.Linear(1, 20, [100, 100], [0]);
        using FitWorkflow workflow = TestRuns.Workflow(data, TestRuns.Small);
        Assert.Equal(200 * 64, workflow.Preview([.. Enumerable.Range(0, 100_000)]).Length);
    }
}
