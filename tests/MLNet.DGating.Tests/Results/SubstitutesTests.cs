using Microsoft.ML;

namespace MLNet.DGating.Tests.Results;

/// <summary>A feature that cannot be measured has substitutes: dropped ones that carry much the same.</summary>
public sealed class SubstitutesTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Substitutes_AreTheDroppedCopies_TheBestFirst()
    {
        DataRow[] rows = Copied(600);
        FeatureSelectionReport selection = Fit(rows, count: 2);
        IReadOnlyList<FeatureSubstitutes> found = selection.Substitutes(DataRow.View(_context, rows));
        Assert.Equal(selection.SelectedNames.Order(), found.Select(one => one.Feature.Name).Order());
        // Slot 2 is slot 0 with little noise, slot 3 its square, which says half of it; slot 1 has no copy.
        FeatureSubstitutes ofCopied = found.Single(one => one.Feature.Slots[0] is 0 or 2);
        int other = ofCopied.Feature.Slots[0] == 0 ? 2 : 0;
        Assert.Equal(other, ofCopied.Substitutes[0].Feature.Slots[0]);
        Assert.InRange(ofCopied.Substitutes[0].EffectCorrelation, 0.9, 1);
        Assert.InRange(ofCopied.Substitutes[0].ValueCorrelation, 0.9, 1);
        Assert.Empty(found.Single(one => one.Feature.Slots[0] == 1).Substitutes);
    }

    [Fact]
    public void Noise_IsNoSubstitute()
    {
        DataRow[] rows = Planted.Linear(300, 30, 3, seed: 2);
        Assert.All(Fit(rows, count: 3).Substitutes(DataRow.View(_context, rows)), one => Assert.Empty(one.Substitutes));
    }

    [Fact]
    public void AReportWithoutAModel_AndRowsWithoutTheColumn_AreRefused()
    {
        DataRow[] rows = Planted.Linear(60, 4, 2, seed: 1);
        IDataView view = DataRow.View(_context, rows);
        FeatureSelectionReport selection = Fit(rows, count: 2);
        Assert.Contains("no column 'Features'", Assert.Throws<ArgumentException>(() =>
            selection.Substitutes(_context.Data.LoadFromEnumerable(new[] { new { Other = 1f } }))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => selection.Substitutes(view, most: 0));
    }

    private FeatureSelectionReport Fit(DataRow[] rows, int count) => TrainingTask.Get("regression").Fit(_context, rows, count).Report;

    private static DataRow[] Copied(int count)
    {
        DataRow[] rows = Planted.Linear(count, 5, 2, seed: 1);
        var random = new Random(3);
        foreach (DataRow row in rows)
        {
            float[] values = [.. row.Features.DenseValues()];
            values[2] = values[0] + (0.2f * Planted.Gauss(random));
            row.Features = new(values.Length, values);
        }

        return rows;
    }
}
