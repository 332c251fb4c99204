using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Tests.Pipelines;

public sealed class FeaturePlanTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MLContext _mlContext = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ADate_BecomesYearsSeasonWeekdayAndTime()
    {
        DateTime[] dates = [new(1970, 1, 1), new(2024, 2, 29, 18, 0, 0), new(2024, 3, 1, 6, 0, 0), new(2025, 12, 31, 12, 0, 0)];
        string[] cells = Array.ConvertAll(dates, date => date.ToString("yyyy-MM-dd HH:mm"));
        string[] names = Features(cells, ColumnEncoding.Date, missing: 0, out float[][] rows);
        for (int i = 0; i < dates.Length; i++)
        {
            float Value(string name) => rows[i][Array.IndexOf(names, name)];
            double years = (dates[i] - DateTime.MinValue).TotalDays / 365.2425;
            Assert.Equal(years + 1, Value("x.years"), 0.001);
            Assert.Equal(Math.Sin(2 * Math.PI * years), Value("x.season.sin"), 0.001);
            Assert.Equal(Math.Cos(2 * Math.PI * dates[i].TimeOfDay.TotalDays), Value("x.time.cos"), 0.001);
            Assert.Equal(1, Value($"x.weekday.{((int)dates[i].DayOfWeek + 6) % 7}"));
        }
    }

    [Fact]
    public void MissingNumbers_StayMissing()
    {
        string[] names = Features(["1", "", "NA", "5"], ColumnEncoding.Number, missing: 2, out float[][] rows);
        Assert.Equal(["x"], names);
        Assert.Equal([[1], [float.NaN], [float.NaN], [5]], rows);
    }

    [Fact]
    public void AMissingDate_StaysMissing_AndHasNoWeekday()
    {
        string[] names = Features(["2024-01-01", "", "2024-01-03"], ColumnEncoding.Date, missing: 1, out float[][] rows);
        int[] weekdays = [.. Enumerable.Range(0, names.Length).Where(i => names[i].StartsWith("x.weekday", StringComparison.Ordinal))];
        Assert.NotEmpty(weekdays);
        Assert.All(weekdays, weekday => Assert.Equal(0, rows[1][weekday]));
        Assert.All(Enumerable.Range(0, names.Length).Except(weekdays), number => Assert.Equal(float.NaN, rows[1][number]));
    }

    [Fact]
    public void NothingIsEverInfinite()
    {
        var cell = Gen.OneOf(Gen.Float.Select(value => $"{value}"), Gen.OneOfConst("", "?", "word", "1e99"));
        cell.Array[2, 20].Sample(cells =>
        {
            Features([.. cells.Append("1")], ColumnEncoding.Number, missing: 1, out float[][] rows);
            Assert.Equal(cells.Length + 1, rows.Length);
            Assert.All(rows, row => Assert.All(row, value => Assert.False(float.IsInfinity(value))));
        }, iter: 20);
    }

    [Fact]
    public void AColumnCalledFeatures_CanBeTheLabel()
    {
        ModelColumn[] columns = [new("x", 0, ColumnKind.Numeric, ColumnEncoding.Number, 0)];
        Assert.Equal("Features_", FeaturePlan.Of(columns, Names(columns, "Features")).FeatureColumn);
        Assert.Equal("Features", FeaturePlan.Of(columns, Names(columns, "y")).FeatureColumn);
    }

    private static PipelineNames Names(ModelColumn[] columns, string label) =>
        new(columns, new LabelColumn(label, LearningTask.Regression, []), null);

    private string[] Features(string[] cells, ColumnEncoding encoding, long missing, out float[][] rows)
    {
        string text = TestTables.Csv(cells.Select(cell => new[] { cell, "1" }).Prepend(["x", "y"]));
        string path = _folder.Write($"{Guid.NewGuid()}.csv", text);
        var column = new ModelColumn("x", 0, ColumnKind.Numeric, encoding, missing);
        var view = new TableView(TestTables.Open(path), [column.Input], RowFilters.All);
        IDataView features = FeaturePlan.Of([column], Names([column], "y")).Estimator(_mlContext).Fit(view).Transform(view);
        rows = [.. features.GetColumn<float[]>("Features")];
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.Schema["Features"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
