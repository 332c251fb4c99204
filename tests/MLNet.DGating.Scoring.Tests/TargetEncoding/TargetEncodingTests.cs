using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.TargetEncoding;

/// <summary>Values become the means of their labels; a training row's number does not know the row's own label.</summary>
public sealed class TargetEncodingTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void OtherRows_GetTheSmoothedMeanOfAllTrainingRows()
    {
        IDataView training = Rows(("a", 1), ("a", 3), ("b", 10), ("", 6));
        TargetEncodingTransformer fitted = Estimator(smoothing: 2).Fit(training);
        // The mean of all is 5, and counts as two rows.
        Assert.Equal([(1 + 3 + 2 * 5) / 4f, (10 + 2 * 5) / 3f, 5, 5],
            Encoded(fitted, Rows(("a", 0), ("b", 0), ("unknown", 0), ("", 0))));
    }

    [Fact]
    public void ATrainingRow_DoesNotDependOnItsOwnLabel_NorOnThatOfItsFold() => Gen.Select(
        Gen.Int[0, 3].Array[10, 60], Gen.Int[2, 7], Gen.Int).Sample((words, folds, seed) =>
    {
        var random = new Random(seed);
        (string, float)[] rows = [.. words.Select(word => ($"w{word}", random.NextSingle()))];
        int changed = random.Next(rows.Length);
        float[] before = OfTraining(rows, folds), after = OfTraining(
            [.. rows.Index().Select(row => row.Index == changed ? (row.Item.Item1, row.Item.Item2 + 1000) : row.Item)], folds);
        // The mean of all rows moves all numbers alike; without smoothing none has a part of it where its word has other rows.
        int fold = FoldOf(changed, folds);
        foreach (int row in Enumerable.Range(0, rows.Length).Where(row => FoldOf(row, folds) == fold && HasOthers(row)))
        {
            Assert.Equal(before[row], after[row], 1e-4f);
        }

        bool HasOthers(int row) => rows.Index().Any(other => other.Item.Item1 == rows[row].Item1 && FoldOf(other.Index, folds) != fold);
    });

    [Fact]
    public void ACategoryOfOneRowEach_SaysNothing()
    {
        var random = new Random(1);
        IDataView training = Rows([.. Enumerable.Range(0, 500).Select(row => ($"id{row}", random.NextSingle()))]);
        TargetEncodingTransformer fitted = Estimator().Fit(training);
        Assert.Single(Encoded(fitted, training).Distinct());
        Assert.Single(Encoded(fitted, Rows(("id1", 0), ("id2", 0), ("new", 0))).Distinct());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public void ARandomCategory_DoesNotCorrelateWithTheLabelsOfTrainingRows(int rowsOfAValue)
    {
        var random = new Random(1);
        (string, float)[] rows =
            [.. Enumerable.Range(0, 4000).Select(_ => ($"v{random.Next(4000 / rowsOfAValue)}", random.NextSingle()))];
        float[] encoded = OfTraining(rows, 5, smoothing: 1);
        Assert.InRange(Correlation(encoded, [.. rows.Select(row => row.Item2)]), -0.1, 0.05);
    }

    [Fact]
    public void ACategoryThatSaysTheLabel_IsHardlySmoothed()
    {
        var random = new Random(1);
        float[] means = [.. Enumerable.Range(0, 500).Select(_ => 100 * random.NextSingle())];
        int[] values = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(means.Length))];
        (string, float)[] rows = [.. values.Select(value => ($"v{value}", means[value] + random.NextSingle()))];
        Assert.InRange(Correlation(OfTraining(rows, 5, smoothing: null), [.. rows.Select(row => row.Item2)]), 0.95, 1);
    }

    [Fact]
    public void APipelineWithATrainer_TrainsOnWhatRowsDoNotKnowOfThemselves()
    {
        var random = new Random(1);
        IDataView training = Rows([.. Enumerable.Range(0, 400).Select(row => ($"v{row % 200}", random.NextSingle()))]);
        float[] seen = [];
        Estimator(smoothing: 0)
            .Append(_mlContext.Transforms.CustomMapping<Encoding, Encoding>((from, to) => to.Number = from.Number, null))
            .Append(new Spy(view => seen = [.. view.GetColumn<float>("Number")]))
            .Fit(training);
        Assert.Equal(Encoded(Estimator(smoothing: 0).Fit(training), training), seen);
    }

    [Theory]
    [InlineData("Flag", 1)]
    [InlineData("Kind", 3)]
    [InlineData("Wide", 1)]
    public void EveryLabel_IsEncoded_AndTheModelIsTheSameOnceLoaded(string label, int width)
    {
        IDataView rows = Labelled();
        TargetEncodingEstimator estimator =
            _mlContext.Transforms.Categorical.TargetEncode([new("Number", "Word"), new("Other", "Word")], label);
        TargetEncodingTransformer transformer = estimator.Fit(rows);
        SchemaContract.AssertDelivered(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)), transformer.Transform(rows).Schema);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(transformer, rows.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        IDataView others = Labelled();
        float[][] expected = Vectors(transformer.Transform(others)), actual = Vectors(loaded.Transform(others));
        Assert.Equal(expected, actual);
        Assert.All(actual, row => Assert.Equal(width, row.Length));
        if (width > 1)
        {
            Assert.All(actual, row => Assert.Equal(1, row.Sum(), 1e-5f));
            VBuffer<ReadOnlyMemory<char>> names = default;
            loaded.Transform(others).Schema["Number"].GetSlotNames(ref names);
            Assert.Equal(["x", "y", "z"], names.DenseValues().Select(name => name.ToString()));
        }
    }

    [Fact]
    public void DamagedFiles_AreRefused() => Gen.Int[0, 10_000].Sample(place =>
    {
        using var stream = new MemoryStream();
        TargetEncodingTransformer transformer = Estimator().Fit(Rows(("a", 1), ("b", 2), ("a", 3)));
        _mlContext.Model.Save(transformer, null, stream);
        byte[] bytes = stream.ToArray();
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream(bytes[..(place % bytes.Length)]), out _));
    }, iter: 30);

    [Fact]
    public void WrongColumnsAndSettings_AreRefused_WithTheRule()
    {
        IDataView rows = Rows(("a", 1));
        Assert.Contains("must be 2 to 100, but is 1", Message(() => Create(folds: 1)), StringComparison.Ordinal);
        Assert.Contains("must be at least 0, but is -1", Message(() => Create(smoothing: -1)), StringComparison.Ordinal);
        Assert.Contains("Missing", Message(() => Create("Missing").Fit(rows)), StringComparison.Ordinal);
        Assert.Contains("expected Boolean, Single, Double or key", Message(() => Create("Word").Fit(rows)), StringComparison.Ordinal);
        Assert.Contains("No row has a label", Message(() => Create().Fit(Rows(("a", float.NaN)))), StringComparison.Ordinal);

        TargetEncodingEstimator Create(string label = "Label", int folds = 5, double? smoothing = null) =>
            _mlContext.Transforms.Categorical.TargetEncode([new("Number", "Word")], label, folds, smoothing);
        static string Message(Action action) => Assert.ThrowsAny<Exception>(action).Message;
    }

    private static int FoldOf(int row, int folds) => LabelSums.FoldOf(new DataViewRowId((ulong)row, 0), folds);

    private float[] OfTraining((string Word, float Label)[] rows, int folds, double? smoothing = 0)
    {
        IDataView view = Rows(rows);
        return Encoded(_mlContext.Transforms.Categorical.TargetEncode([new("Number", "Word")], "Label", folds, smoothing).Fit(view), view);
    }

    private TargetEncodingEstimator Estimator(double? smoothing = null) =>
        _mlContext.Transforms.Categorical.TargetEncode([new("Number", "Word")], smoothing: smoothing);

    private static float[] Encoded(TargetEncodingTransformer transformer, IDataView rows) =>
        [.. ((ITransformer)transformer).Transform(rows).GetColumn<float>("Number")];

    private static float[][] Vectors(IDataView rows) => rows.Schema["Number"].Type is VectorDataViewType
        ? [.. rows.GetColumn<float[]>("Number")]
        : [.. rows.GetColumn<float>("Number").Select(number => new[] { number })];

    private static double Correlation(float[] first, float[] second)
    {
        double a = first.Average(), b = second.Average();
        double both = first.Zip(second).Sum(pair => (pair.First - a) * (pair.Second - b));
        return both / Math.Sqrt(first.Sum(x => (x - a) * (x - a)) * second.Sum(x => (x - b) * (x - b)));
    }

    private IDataView Rows(params (string Word, float Label)[] rows) =>
        _mlContext.Data.LoadFromEnumerable(rows.Select(row => new Row { Word = row.Word, Label = row.Label }).ToArray());

    private IDataView Labelled()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(row => new LabelledRow
        {
            Word = $"w{row % 7}", Flag = row % 3 == 0, Kind = ((string[])["x", "y", "z"])[row * row % 3], Wide = row,
        }).ToArray());
        return _mlContext.Transforms.Conversion.MapValueToKey(
            "Kind", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue,
            keyData: _mlContext.Data.LoadFromEnumerable("xyz".Select(kind => new Value { Kind = $"{kind}" })))
            .Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string Word { get; set; } = "";

        public float Label { get; set; }
    }

    private sealed class LabelledRow
    {
        public string Word { get; set; } = "";

        public bool Flag { get; set; }

        public string Kind { get; set; } = "";

        public double Wide { get; set; }
    }

    private sealed class Value
    {
        public string Kind { get; set; } = "";
    }

    private sealed class Encoding
    {
        public float Number { get; set; }
    }

    // What a trainer at the end of a pipeline is given.
    private sealed class Spy(Action<IDataView> see) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            see(input);
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
