using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

public class ChoiceAgreementTests
{
    private const int Rows = 200;

    [Fact]
    public void AChoiceThatEveryRowAgreesOn_IsCertain() =>
        Assert.Equal(1, Agreement([Losses(_ => 0.1), Losses(_ => 0.2), Losses(_ => 0.3), Losses(_ => 0.4)], chosen: 4));

    // Four features are better on five rows, one feature a little better on all others.
    [Fact]
    public void AChoiceThatFewRowsDecide_IsNot() => Assert.InRange(
        Agreement(
            [Losses(row => row < 5 ? 0 : 0.102), Losses(_ => 0.9), Losses(_ => 0.9), Losses(row => row < 5 ? 0.9 : 0.1)], chosen: 4),
        0.3, 0.99);

    [Fact]
    public void ANeighbour_IsAboutTheSame() =>
        Assert.Equal(1, Agreement([Losses(row => row % 2), Losses(row => (row + 1) % 2), Losses(_ => 3), Losses(_ => 3)], chosen: 3));

    [Fact]
    public void RowsOfABlock_CountAsOne()
    {
        // On half of the rows four features are far better: of independent rows that is certain, of two blocks it is not.
        double[] four = Losses(row => row < 100 ? 0.1 : 0.32), one = Losses(row => row < 100 ? 0.5 : 0.3);
        double[][] losses = [four, Losses(_ => 0.9), Losses(_ => 0.9), one];
        Assert.Equal(1, Agreement(losses, chosen: 4));
        Assert.InRange(Agreement(losses, chosen: 4, [.. Enumerable.Range(0, Rows).Select(row => row < 100 ? 0 : 1)]), 0, 0.9);
    }

    // Candidates of 4, 3, 2 and 1 features.
    private static double Agreement(double[][] losses, int chosen, int[]? blocks = null) => ChoiceAgreement.Of(
        [.. losses.Select((each, i) => new EvaluatedCandidate(4 - i, each))], chosen, new SquaredLoss(), [], blocks, new(1, 1));

    private static double[] Losses(Func<int, double> of) => [.. Enumerable.Range(0, Rows).Select(of)];
}
