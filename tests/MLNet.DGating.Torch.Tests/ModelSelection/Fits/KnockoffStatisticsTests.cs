using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class KnockoffStatisticsTests
{
    // Two groups with knockoffs, and a kept one between them; places 0 and 1, 2, 3 and 4. At the first point more than half are left.
    private static readonly GroupLayout s_groups = GroupLayout.Create(
        [1, 2, 1], [GroupTerms.Ordinary, GroupTerms.Ordinary with { IsKept = true }, GroupTerms.Ordinary]);
    private static readonly PathPoint[] s_points =
    [
        Point(0, 5, [8, 8, 99, 8, 9]),
        Point(1, 3, [2, 0, 99, 1, 0]),
        Point(3, 2, [4, 0, 99, 0, 0]),
        Point(4, 1, [0, 0, 99, 0, 0]),
    ];

    [Fact]
    public void AStatistic_IsTheIntegralOfTheShareOfTheLargestNorm_OverTheSecondHalfOfThePath() =>
        // From λ = 1 to 3 the norms are 2 and 1, from 3 to 4 one is left.
        Assert.Equal([2 * 1 + 1 * 1, 0, 2 * 0.5], KnockoffStatistics.Of(Path(s_points), s_groups));

    [Fact]
    public void AGroupThatChangesPlacesWithItsKnockoff_ChangesTheSignOfItsStatistic()
    {
        PathPoint[] swapped = Array.ConvertAll(
            s_points, point => point with { Norms = [point.Norms![1], point.Norms[0], point.Norms[2], point.Norms[3], point.Norms[4]] });
        double[] before = KnockoffStatistics.Of(Path(s_points), s_groups), after = KnockoffStatistics.Of(Path(swapped), s_groups);
        Assert.Equal([-before[0], before[1], before[2]], after);
    }

    [Fact]
    public void AKnockoff_HasTheWeightOfItsGroup()
    {
        GroupLayout both = new KnockoffLayout(
            GroupLayout.Create([4, 1], [GroupTerms.Ordinary with { Weight = 3 }, GroupTerms.Ordinary])).Groups;
        Assert.Equal([6, 6, 1, 1], both.Weights);
        Assert.Equal([0, 4, 8, 9, 10], both.Starts);
    }

    private static PathPoint Point(double lambda, int count, float[] norms) => new(lambda, count, 1, double.NaN, double.NaN, norms);

    private static PathResult Path(PathPoint[] points) => new(points, [], [], [], IsComplete: true);
}
