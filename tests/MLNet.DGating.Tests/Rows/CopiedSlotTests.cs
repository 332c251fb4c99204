using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Of slots that are the same numbers on another scale one is trained on, whatever the seed, and the log says which.</summary>
public class CopiedSlotTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public CopiedSlotTests() => _log = new MessageLog(_context);

    [Fact]
    public void Fit_KeepsOneOfEachFamily_AtEverySeed()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            int[] selected = [.. Fit(options => options.Seed = seed).SelectedIndices];
            Assert.Single(selected, slot => slot is 0 or 2 or 3);
            Assert.Single(selected, slot => slot is 1 or 4);
        }

        Assert.Contains("3 of 7 feature slots are copies of others, on whatever scale, and are left out. "
            + "'Slot 3': also 'Slot 0', 'Slot 2'; 'Slot 4': also 'Slot 1'.", _log.Information);
    }

    [Fact]
    public void TheUser_SaysWhichStays()
    {
        Assert.Contains(0, Fit(options => options.AlwaysKeep = ["Slot 0"]).SelectedIndices);
        FeatureSelectionReport cheap = Fit(options => options.GroupCosts = new Dictionary<string, double> { ["Slot 2"] = 0.5 });
        Assert.Contains(2, cheap.SelectedIndices);
        Assert.DoesNotContain(0, cheap.SelectedIndices);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void CopiesThatAreAlwaysKept_AllStay() =>
        Assert.Superset(new HashSet<int> { 0, 2 }, Fit(options => options.AlwaysKeep = ["Slot 0", "Slot 2"]).SelectedIndices.ToHashSet());

    [Fact]
    public void ANetworkOnAllFeatures_HasTheCopiesToo() => Assert.Equal(7, Fit(options => options.Lambda = 0).SelectedIndices.Count);

    [Fact]
    public void SlotsOfAGroup_Stay() => Assert.DoesNotContain(
        "copies of others", string.Concat(FitGrouped()), StringComparison.Ordinal);

    private string[] FitGrouped()
    {
        Fit(options => options.Groups = FeatureGroups.OfSlots([0, 1, 2], [3, 4, 5, 6]));
        return _log.Information;
    }

    private FeatureSelectionReport Fit(Action<DGatingRegressionTrainer.Options> set)
    {
        var options = new DGatingRegressionTrainer.Options
        {
            LabelColumnName = nameof(DataRow.Target), NumericEncoding = DGatingNumericEncoding.None, Seed = 1, NumberOfThreads = 1,
        };
        set(options);
        return _context.Regression.Trainers.DGating(options).Fit(Data()).Model.FeatureSelection;
    }

    // 0 and 1 matter; 2 and 3 are 0 again, the latter on a larger scale; 4 is 1 on another scale; 5 and 6 are noise.
    private IDataView Data() => DataRow.View(_context,
    [
        .. Planted.Linear(300, 4, 2, seed: 1, noise: 0.3).Select(row =>
        {
            float[] x = row.Values;
            return row.With([x[0], x[1], x[0], 2.54f * x[0], 7 - 10 * x[1], x[2], x[3]]);
        }),
    ]);
}
