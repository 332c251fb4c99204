using MLNet.DGating.Benchmarks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Transforms;

/// <summary>Slots 0, 3 and 6 are independent; the two after each are a multiple of it, and nearly one. Slot 9 has a single value.</summary>
public class ReconstructionTests
{
    private const int Slots = 10;

    private static readonly string[] s_names = [.. Enumerable.Range(0, Slots).Select(slot => $"n{slot}")];

    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Rows(400);

    [Fact]
    public void Fit_KeepsOneSlotOfEveryThreeThatSayTheSame()
    {
        DGatingFeatureSelectingTransformer fitted = Selector(3).Fit(DataRow.View(_context, _rows));
        Assert.Equal([0, 1, 2], fitted.FeatureSelection.SelectedIndices.Select(slot => slot / 3));
        Assert.InRange(fitted.ReconstructionRSquared!.Value, 0.9, 1);
        Assert.All(fitted.Transform(DataRow.View(_context, _rows)).GetColumn<float[]>("Kept"), row => Assert.Equal(3, row.Length));
    }

    [Fact]
    public void Fit_WithTheNumberLeftOpen_KeepsFewThatRebuildNearlyAll()
    {
        DGatingFeatureSelectingTransformer fitted = Selector().Fit(DataRow.View(_context, _rows));
        Assert.InRange(fitted.FeatureSelection.SelectedIndices.Count, 3, 5);
        Assert.InRange(fitted.ReconstructionRSquared!.Value, 0.85, 1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void OfMice_ItRebuildsMoreOnOtherRows_ThanTheSlotsOfHighestVariance_AndThanRandomOnes(int count)
    {
        DataOperationsCatalog.TrainTestData rows = _context.Data.TrainTestSplit(Mice(), testFraction: 0.2);
        float[][] training = [.. rows.TrainSet.GetColumn<float[]>("Features")];
        var judge = new LinearReconstruction(training, [.. rows.TestSet.GetColumn<float[]>("Features")]);
        IReadOnlyList<int> kept = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: count)
            .Fit(rows.TrainSet).FeatureSelection.SelectedIndices;
        Assert.Equal(count, kept.Count);
        double ours = judge.RSquared(kept);
        Assert.InRange(judge.RSquared(ColumnVariance.Highest(training, count)), 0, ours - 0.03);
        Assert.InRange(Enumerable.Range(0, 10).Average(draw => judge.RSquared(RandomColumns.Of(77, count, draw))), 0, ours - 0.03);
    }

    [Fact]
    public void OfMice_TheNumberLeftOpen_IsFarFromAll()
    {
        DGatingFeatureSelectingTransformer fitted = Selector().Fit(Mice());
        Assert.InRange(fitted.FeatureSelection.SelectedIndices.Count, 10, 40);
        Assert.InRange(fitted.ReconstructionRSquared!.Value, 0.8, 1);
    }

    [Fact]
    public void Transform_KeepsNamesAndCategoricalRangesRight()
    {
        IDataView data = DataRow.View(_context, _rows, s_names, categoricalRanges: [0, 2]);
        DGatingFeatureSelectingTransformer fitted = Selector(3).Fit(data);
        DataViewSchema.Column column = fitted.Transform(data).Schema["Kept"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(fitted.FeatureSelection.SelectedNames, names.DenseValues().Select(name => name.ToString()));
        VBuffer<int> ranges = default;
        column.Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.Equal([0, 0], ranges.DenseValues());
    }

    [Fact]
    public void NoLabelIsNeeded_AndTheColumnCanBeReplaced()
    {
        IDataView rows = DataRow.View(_context, _rows);
        IDataView data = _context.Transforms.SelectColumns("Features").Fit(rows).Transform(rows);
        IDataView shorter = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: 4)
            .Fit(data).Transform(data);
        Assert.Equal(4, ((VectorDataViewType)shorter.Schema["Features"].Type).Size);
    }

    [Fact]
    public void MoreSlotsThanVary_KeepsAllThatVary_AndSaysSo()
    {
        var log = new MessageLog(_context);
        DGatingFeatureSelectingTransformer fitted = Selector(Slots + 5).Fit(DataRow.View(_context, _rows));
        Assert.Equal(Enumerable.Range(0, Slots - 1), fitted.FeatureSelection.SelectedIndices);
        Assert.Equal([Slots - 1], fitted.FeatureSelection.ConstantIndices);
        Assert.Contains("15 slots were asked for, but only 9 vary: all of those are kept.", log.Information);
        Assert.Contains("1 of 10 feature slots have a single value on all training rows and are left out.", log.Information);
    }

    [Fact]
    public void WithTooFewRowsToHoldSomeOut_ItWarns_AndTellsNoRSquared()
    {
        var log = new MessageLog(_context);
        DGatingFeatureSelectingTransformer fitted = Selector(3).Fit(DataRow.View(_context, Rows(2)));
        Assert.Null(fitted.ReconstructionRSquared);
        Assert.Equal(3, fitted.FeatureSelection.SelectedIndices.Count);
        Assert.Contains(log.Warnings, text => text.StartsWith("2 rows are too few to hold some out", StringComparison.Ordinal));
    }

    [Fact]
    public void TheLog_HasTheRSquaredOnHeldOutRows()
    {
        var log = new MessageLog(_context);
        double rSquared = Selector(3).Fit(DataRow.View(_context, _rows)).ReconstructionRSquared!.Value;
        Assert.Contains(
            FormattableString.Invariant($"Selected 3 of 10 slots; R² of all slots rebuilt from them, on held-out rows: {rSquared:f3}."),
            log.Information);
    }

    [Fact]
    public void TheSameSeed_SelectsTheSame()
    {
        Assert.Equal(Importance(4), Importance(4));
        Assert.NotEqual(Importance(4), Importance(5));

        float[] Importance(int seed)
        {
            FeatureSelectionReport selection = new MLContext(seed).Transforms.FeatureSelection
                .SelectFeaturesBasedOnReconstruction("Kept", "Features", 4).Fit(DataRow.View(_context, _rows)).FeatureSelection;
            return [.. selection.BySlot.Select(slot => slot.Importance)];
        }
    }

    [Fact]
    public void TheOutputSchemaPromised_IsTheOneDelivered()
    {
        IDataView data = DataRow.View(_context, _rows, s_names);
        SchemaShape.Column promised = Selector(3).GetOutputSchema(SchemaShape.Create(data.Schema)).Single(each => each.Name == "Kept");
        SchemaShape.Column delivered = SchemaShape.Create(Selector(3).Fit(data).Transform(data).Schema).Single(each => each.Name == "Kept");
        Assert.Equal((delivered.Kind, delivered.ItemType, delivered.IsKey), (promised.Kind, promised.ItemType, promised.IsKey));
        Assert.Equal(Names(delivered), Names(promised));

        static IEnumerable<string> Names(SchemaShape.Column column) => column.Annotations.Select(annotation => annotation.Name);
    }

    [Fact]
    public void AnotherColumnType_NoColumn_OrNoSlots_IsAnErrorInMlNetsWords()
    {
        IDataView data = DataRow.View(_context, _rows);
        AssertRefused(
            "Schema mismatch for input column 'Target': expected Vector<Single>, got Single", () => Select("Target").Fit(data));
        AssertRefused("Could not find input column 'Nowhere'", () => Select("Nowhere").Fit(data));
        AssertRefused("must be at least 1, but was 0. Leave it null to have the number chosen.", () => Select("Features", 0));
    }

    [Fact]
    public void SlotsThatAllHaveASingleValue_AreAnError()
    {
        DataRow[] same = [.. Enumerable.Range(0, 30).Select(_ => DataRow.Create([1, 2, 3], 0))];
        string message = Assert.ThrowsAny<ArgumentException>(() => Selector(2).Fit(DataRow.View(_context, same))).Message;
        Assert.Contains("Column 'Features': all 3 slots have a single value on the 30 training rows", message, StringComparison.Ordinal);
    }

    private DGatingReconstructionEstimator Selector(int? slotsInOutput = null) => Select("Features", slotsInOutput);

    private DGatingReconstructionEstimator Select(string input, int? slotsInOutput = null) =>
        _context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Kept", input, slotsInOutput);

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);

    private IDataView Mice() => _context.Data.LoadFromTextFile(
        ExampleFile("mice.csv"), [new("Features", DataKind.Single, 1, 77)], separatorChar: ',', hasHeader: true);

    private static string ExampleFile(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MLNet.DGating.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "examples", "data", name);
    }

    private static DataRow[] Rows(int count)
    {
        var random = new Random(8);
        float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] slots = new float[Slots];
            for (int first = 0; first < 9; first += 3)
            {
                slots[first] = Normal();
                slots[first + 1] = -3 * slots[first];
                slots[first + 2] = 10 + slots[first] + 0.2f * Normal();
            }

            slots[9] = 7;
            return DataRow.Create(slots, 0);
        })];
    }
}
