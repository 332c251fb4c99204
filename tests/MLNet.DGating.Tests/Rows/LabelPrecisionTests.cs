using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Labels that single precision rounds noticeably are warned of, with the cure; others are not.</summary>
public class LabelPrecisionTests
{
    [Theory]
    [InlineData(1.76e9f, 9_600f, true)]
    [InlineData(5e6f, 325f, true)]
    [InlineData(5e6f, 3_250f, false)]
    [InlineData(0f, 1f, false)]
    [InlineData(1f, 0f, false)]
    public void Labels_AreWarnedOf_WhereTheirSpreadIsFewStepsOfSingle(float mean, float spread, bool isWarned)
    {
        float[] labels = [.. Enumerable.Range(0, 100).Select(row => mean + spread * (row % 2 == 0 ? 1 : -1))];
        Assert.Equal(isWarned, LabelPrecision.Describe(labels, "y") is not null);
    }

    [Fact]
    public void Fit_WarnsOnce_AndNamesTheColumn()
    {
        var context = new MLContext(seed: 1);
        var log = new MessageLog(context);
        DataRow[] rows = [.. Planted.Linear(100, 3, 1, seed: 1).Select(row => DataRow.Create(row.Values, 1.76e9 + row.Target * 9_600))];
        TrainingTask.Get("regression").Fit(context, DataRow.View(context, rows), 1);
        Assert.StartsWith("Column 'Target': the labels vary by", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }
}
