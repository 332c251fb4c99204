using MLNet.DGating.Model;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

public class LadderScreenTests
{
    // Losses by count, and whether the path goes on after each.
    [Theory]
    [InlineData(new[] { 0.1, 0.1, 0.1 }, new[] { true, true, true })]
    [InlineData(new[] { 0.1, 0.9, 0.1, 0.9 }, new[] { true, true, true, true })]
    [InlineData(new[] { 0.1, 0.9, 0.9 }, new[] { true, true, false })]
    [InlineData(new[] { 0.9, 0.5, 0.1, 0.2 }, new[] { true, true, true, true })]
    public void ThePath_EndsAfterTwoHopelessCountsInARow(double[] losses, bool[] goesOn)
    {
        var screen = new LadderScreen(new OneStandardErrorSelector(new SquaredLoss(), []));
        Assert.Equal(goesOn, losses.Select((loss, i) => screen.GoesOn(Refit(loss, i))));
    }

    // Half of the rows are worse and half better, so that differences have an error.
    private static RefitResult Refit(double loss, int number) =>
        new(new NetworkShape([], 1, false, DGatingActivation.Relu), NetworkState.None, 0, [])
        {
            HeldOutBoundedLosses = [.. Enumerable.Range(0, 100).Select(row => loss + ((row >> number) % 2 == 0 ? 0.4 : -0.4))],
        };
}
