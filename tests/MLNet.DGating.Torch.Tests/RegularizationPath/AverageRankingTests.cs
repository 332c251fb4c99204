using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public class AverageRankingTests
{
    private const double Growth = 1.1;

    // Runs of one to twelve groups, followed until some are left; several may leave in one iteration.
    private static readonly Gen<PathResult[]> s_runs =
        from groups in Gen.Int[1, 12]
        from left in Gen.Int[0, groups]
        from seeds in Gen.Int.Array[1, 6]
        select Array.ConvertAll(seeds, seed => Run(groups, left, new Random(seed)));

    [Fact]
    public void OfOneRun_TheOrderIsThatRuns() => s_runs.Sample(runs =>
    {
        (int[] ranking, double[] lambdaOut) = AverageRanking.Of(runs[..1], Growth);
        Assert.Equal(runs[0].Ranking, ranking);
        Assert.All(lambdaOut.Zip(runs[0].LambdaOut), pair =>
            Assert.True(pair.First == pair.Second || Math.Abs(pair.First / pair.Second - 1) < 1e-12));
    });

    [Fact]
    public void TheOrderOfTheRuns_DoesNotMatter() => s_runs.Sample(runs =>
        Assert.Equal(
            AverageRanking.Of(runs, Growth).LambdaOut, AverageRanking.Of([.. runs.Reverse()], Growth).LambdaOut,
            (a, b) => a == b || Math.Abs(a / b - 1) < 1e-12));

    [Fact]
    public void WhatLeavesLaterInEveryRun_IsRankedFirst() => s_runs.Sample(runs =>
    {
        (int[] ranking, _) = AverageRanking.Of(runs, Growth);
        Assert.Equal(Enumerable.Range(0, ranking.Length), ranking.Order());
        for (int first = 0; first < ranking.Length; first++)
        {
            for (int second = first + 1; second < ranking.Length; second++)
            {
                // Where no run has the second leave at a smaller λ than the first, it must not stand behind it for a difference.
                Assert.False(runs.All(run => run.LambdaOut[ranking[first]] < run.LambdaOut[ranking[second]]));
            }
        }
    });

    [Fact]
    public void TheMean_IsGeometric_AndStayingCountsAsTheNextIteration()
    {
        PathResult one = Path([1, 4, double.PositiveInfinity], end: 4), other = Path([4, 1, 1], end: 4);
        (int[] ranking, double[] lambdaOut) = AverageRanking.Of([one, other], Growth);
        Assert.Equal([2, 0, 1], ranking.OrderByDescending(group => lambdaOut[group]).ThenBy(group => group));
        Assert.Equal(2, ranking[0]);
        Assert.Equal(2, lambdaOut[0], 12);
        Assert.Equal(2, lambdaOut[1], 12);
        Assert.Equal(Math.Sqrt(4 * Growth), lambdaOut[2], 12);
    }

    private static PathResult Run(int groups, int left, Random random)
    {
        double[] lambdaOut = new double[groups];
        Array.Fill(lambdaOut, double.PositiveInfinity);
        int[] order = [.. Enumerable.Range(0, groups)];
        random.Shuffle(order);
        double lambda = 0.01;
        foreach (int group in order[..left])
        {
            lambdaOut[group] = lambda;
            lambda *= random.Next(2) == 0 ? 1 : Growth;
        }

        return new PathResult([new PathPoint(lambda, groups - left, 0, 0, 0, null)], [], lambdaOut, [.. order.Reverse()], true);
    }

    private static PathResult Path(double[] lambdaOut, double end) => new(
        [new PathPoint(end, 0, 0, 0, 0, null)], [], lambdaOut,
        [.. Enumerable.Range(0, lambdaOut.Length).OrderByDescending(group => lambdaOut[group])], true);
}
