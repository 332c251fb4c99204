using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Search;

namespace MLNet.DGating.Torch.Tests.Search;

public class SearchRowsTests
{
    [Fact]
    public void NoRowIsBothTrainedOnAndEvaluatedOn() => Gen.Int[SearchRows.SmallestRows, 400].Select(Gen.Int).Sample((count, seed) =>
    {
        SearchRows rows = Deal(count, seed);
        Assert.NotEmpty(rows.Ranking);
        Assert.NotEmpty(rows.Final);
        Assert.Empty(rows.Finalists.Intersect(rows.Final));
        Assert.Empty(rows.Training(1).Intersect(rows.Ranking));
        Assert.Equal(rows.Finalists, rows.Training(1).Concat(rows.Ranking).Order());
        Assert.Equal(Enumerable.Range(0, count), rows.Finalists.Concat(rows.Final).Order());
    }, iter: 30);

    [Fact]
    public void ARung_TrainsOnItsShare_AmongTheRowsOfTheNext()
    {
        SearchRows rows = Deal(20_000, 1);
        Assert.Equal(12_800, rows.Training(1).Length);
        Assert.Equal(6_400, rows.Training(0.5).Length);
        Assert.Equal(3_200, rows.Training(0.25).Length);
        Assert.Empty(rows.Training(0.25).Except(rows.Training(0.5)));
        Assert.Empty(rows.Training(0.5).Except(rows.Training(1)));
    }

    [Fact]
    public void FewRows_AreNotTakenFromARung()
    {
        Assert.Equal(640, Deal(1_000, 1).Training(0.25).Length);
        Assert.InRange(Deal(5_000, 1).Training(0.25).Length, 2_000, 2_400);
    }

    private static SearchRows Deal(int count, int seed)
    {
        TrainingSet data = Planted.Linear(1, count, [1, 1], [0]);
        return SearchRows.Deal(data, TestRuns.All(data), seed);
    }
}
