using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Tests.Transforms;

/// <summary>Slots 0 and 1 say what the label is, by their product; the others are noise.</summary>
public class SelectFeaturesTests
{
    private const int Slots = 8;

    private static readonly string[] s_names = [.. Enumerable.Range(0, Slots).Select(slot => $"n{slot}")];

    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Xor(600, Slots, seed: 3);

    [Theory, AllTasks]
    public void Fit_KeepsTheSlotsThatWorkTogether(string task)
    {
        DGatingFeatureSelectingTransformer fitted = Selector(task, slotsInOutput: 2).Fit(DataRow.View(_context, _rows));
        Assert.Equal([0, 1], fitted.FeatureSelection.SelectedIndices);
        float[][] kept = Values(fitted.Transform(DataRow.View(_context, _rows)), "Kept");
        Assert.Equal(_rows.Select(row => row.Values[..2]), kept);
    }

    [Fact]
    public void Fit_WithTheNumberLeftOpen_KeepsFewAndTheRightOnes()
    {
        IDataView data = DataRow.View(_context, Planted.Linear(600, Slots, 2, seed: 3));
        IReadOnlyList<int> selected = Selector("binary").Fit(data).FeatureSelection.SelectedIndices;
        Assert.Superset(new HashSet<int> { 0, 1 }, selected.ToHashSet());
        Assert.InRange(selected.Count, 2, Slots / 2);
    }

    [Fact]
    public void Transform_KeepsNamesAndCategoricalRangesRight()
    {
        // Slots 1 … 3 are one category: each slot is judged by itself, and the range shrinks.
        IDataView data = DataRow.View(_context, _rows, s_names, categoricalRanges: [1, 3]);
        DataViewSchema.Column column = Selector("binary", slotsInOutput: 2).Fit(data).Transform(data).Schema["Kept"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["n0", "n1"], names.DenseValues().Select(name => name.ToString()));
        VBuffer<int> ranges = default;
        column.Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.Equal([1, 1], ranges.DenseValues());
    }

    [Fact]
    public void WithoutAnInputColumn_TheColumnIsReplaced()
    {
        IDataView data = DataRow.View(_context, _rows);
        IDataView shorter = _context.Transforms.FeatureSelection
            .SelectFeaturesBasedOnDGating("Features", labelColumnName: "Flag", slotsInOutput: 3).Fit(data).Transform(data);
        Assert.All(Values(shorter, "Features"), row => Assert.Equal(3, row.Length));
    }

    [Fact]
    public void WithAsManySlotsAsThereAre_NothingIsDropped()
    {
        IDataView data = DataRow.View(_context, _rows);
        IDataView transformed = Selector("binary", slotsInOutput: Slots + 1).Fit(data).Transform(data);
        Assert.Equal(_rows.Select(row => row.Values), Values(transformed, "Kept"));
    }

    [Fact]
    public void ASavedPipeline_NeedsNoneOfOurAssemblies()
    {
        IDataView data = DataRow.View(_context, _rows);
        ITransformer model = Selector("binary", slotsInOutput: 2).Append(Trees(5)).Fit(data);
        using var stream = new MemoryStream();
        _context.Model.Save(model, data.Schema, stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            Assert.All(zip.Entries, entry =>
            {
                using var bytes = new MemoryStream();
                using Stream content = entry.Open();
                content.CopyTo(bytes);
                Assert.DoesNotContain("DGating", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
                Assert.DoesNotContain("D\0G\0a\0t\0i\0n\0g", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
            });
        }

        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal(Values(model.Transform(data), "Kept"), Values(loaded.Transform(data), "Kept"));
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
    }

    [Fact]
    public void ASavedPipeline_PredictsInAProcessWithoutAnyOfOurAssemblies()
    {
        string folder = Path.GetDirectoryName(LoadProbe.PathOf("BareLoadProbe"))!;
        Assert.Equal(["MLNet.DGating.BareLoadProbe.dll"], Directory.GetFiles(folder, "MLNet.DGating*.dll").Select(Path.GetFileName));
        IDataView data = DataRow.View(_context, _rows);
        IEstimator<ITransformer>[] selectors =
        [
            Selector("binary", slotsInOutput: 2),
            _context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Kept", "Features", 5),
        ];
        foreach (IEstimator<ITransformer> selector in selectors)
        {
            ITransformer model = selector.Append(Trees(5)).Fit(data);
            string path = Path.Combine(Directory.CreateTempSubdirectory("bare").FullName, "model.zip");
            _context.Model.Save(model, data.Schema, path);
            byte[] scored = LoadProbe.Score(_context, path, data, "BareLoadProbe");
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
            IDataView here = model.Transform(data);
            byte[] expected = [.. here.GetColumn<float>("Score").Zip(here.GetColumn<float>("Probability"), (score, chance) =>
                (byte[])[.. BitConverter.GetBytes(score), .. BitConverter.GetBytes(chance)]).SelectMany(bits => bits)];
            Assert.Equal(expected, scored);
        }
    }

    [Fact]
    public void InsideCrossValidate_TheRowsAFoldIsTestedOn_HaveNoPartInItsSelection()
    {
        // The weight tells rows apart. What the first fold is tested on is spoilt, and all folds are selected for once more.
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i].Weight = i + 1;
        }

        Fold[] clean = Folds(_rows);
        HashSet<float> tested = clean[0].Tested;
        Assert.InRange(tested.Count, _rows.Length / 5, _rows.Length / 2);
        var random = new Random(2);
        DataRow[] spoilt = [.. _rows.Select(row =>
        {
            if (!tested.Contains(row.Weight))
            {
                return row;
            }

            DataRow other = row.With([.. row.Values.Select(_ => 100 * random.NextSingle())]);
            other.Flag = random.Next(2) == 0;
            return other;
        })];
        Fold[] again = Folds(spoilt);
        Assert.Equal(tested, again[0].Tested);
        Assert.Equal(clean[0].Slots, again[0].Slots);
        // Another fold trains on the spoilt rows, and its selection tells.
        Assert.NotEqual(clean[1].Slots, again[1].Slots);
    }

    [Fact]
    public void InsideCrossValidate_EveryFoldSelectsForItself()
    {
        IEstimator<ITransformer> pipeline = Selector("binary", slotsInOutput: 2).Append(Trees(20));
        IDataView data = DataRow.View(_context, _rows);
        Assert.All(_context.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3, labelColumnName: "Flag"), fold =>
        {
            Assert.InRange(fold.Metrics.Accuracy, 0.9, 1);
            Assert.Equal([0, 1], SelectionOf(fold.Model).SelectedIndices);
        });
    }

    [Fact]
    public void TheOutputSchemaPromised_IsTheOneDelivered()
    {
        IDataView data = DataRow.View(_context, _rows, s_names);
        DGatingFeatureSelectingEstimator selector = Selector("binary", slotsInOutput: 2);
        SchemaShape promised = selector.GetOutputSchema(SchemaShape.Create(data.Schema));
        var delivered = SchemaShape.Create(selector.Fit(data).Transform(data).Schema);
        SchemaShape.Column column = promised.Single(each => each.Name == "Kept"), actual = delivered.Single(each => each.Name == "Kept");
        Assert.Equal((actual.Kind, actual.ItemType, actual.IsKey), (column.Kind, column.ItemType, column.IsKey));
        Assert.Equal(Names(actual), Names(column));

        static IEnumerable<string> Names(SchemaShape.Column column) => column.Annotations.Select(annotation => annotation.Name);
    }

    [Fact]
    public void NoSlots_IsAnError()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Selector("binary", slotsInOutput: 0));
        Assert.Contains("must be at least 1, but was 0. Leave it null to have the number chosen.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelOfAnotherType_OrNone_IsAnErrorInMlNetsWords()
    {
        IDataView data = DataRow.View(_context, _rows);
        string mismatch = Assert.Throws<ArgumentOutOfRangeException>(() => Select("Kept", "Features").Fit(data)).Message;
        Assert.Contains(
            "Schema mismatch for label column 'Features': expected Single, got Vector<Single>", mismatch, StringComparison.Ordinal);
        string missing = Assert.Throws<ArgumentOutOfRangeException>(() => Select("Kept", "Nowhere").Fit(data)).Message;
        Assert.Contains("Could not find label column 'Nowhere'", missing, StringComparison.Ordinal);
    }

    private static Fold[] Folds(DataRow[] rows)
    {
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, rows);
        IEstimator<ITransformer> pipeline = context.Transforms.FeatureSelection
            .SelectFeaturesBasedOnDGating("Kept", "Features", "Flag", 2)
            .Append(context.BinaryClassification.Trainers.FastTree("Flag", "Kept", numberOfTrees: 2));
        return [.. context.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3, labelColumnName: "Flag", seed: 1)
            .Select(fold => new Fold(
                [.. SelectionOf(fold.Model).BySlot.Select(slot => (slot.Importance, slot.LambdaOut))],
                [.. fold.ScoredHoldOutSet.GetColumn<float>("Weight")]))];
    }

    private DGatingFeatureSelectingEstimator Selector(string task, int? slotsInOutput = null) =>
        Select("Kept", TrainingTask.Get(task).Label, slotsInOutput);

    private DGatingFeatureSelectingEstimator Select(string output, string label, int? slotsInOutput = null) =>
        _context.Transforms.FeatureSelection.SelectFeaturesBasedOnDGating(output, "Features", label, slotsInOutput);

    private FastTreeBinaryTrainer Trees(int count) => _context.BinaryClassification.Trainers.FastTree("Flag", "Kept", numberOfTrees: count);

    private static FeatureSelectionReport SelectionOf(ITransformer chain) =>
        Assert.IsType<DGatingFeatureSelectingTransformer>(((IEnumerable<ITransformer>)chain).First()).FeatureSelection;

    private static float[][] Values(IDataView data, string column) => [.. data.GetColumn<float[]>(column)];

    /// <summary>What a fold selects, down to the last bit of importance, and the weights of the rows it is tested on.</summary>
    private sealed record Fold(IReadOnlyList<(float Importance, double LambdaOut)> Slots, HashSet<float> Tested);
}
