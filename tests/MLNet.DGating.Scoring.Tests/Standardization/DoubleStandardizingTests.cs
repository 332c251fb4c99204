using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Standardization;

/// <summary>Numbers that single precision would round together keep their differences; the transformer is saved and loaded.</summary>
public sealed class DoubleStandardizingTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Values_AreStandardized_WhateverTheirMean() =>
        Gen.Select(Gen.Double[-1e12, 1e12], Gen.Double[1e-3, 1e6], Gen.Double[-1, 1].Array[3, 40]).Sample((mean, scale, values) =>
        {
            float[] result = Scores([.. values.Select(value => mean + scale * value)]);
            double spread = Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));
            // What double precision itself rounds away is relative to the mean.
            double tolerance = 1e-5 + 1e-15 * Math.Abs(mean) / (scale * Math.Max(spread, 1e-9));
            Assert.All(values.Zip(result), pair =>
                Assert.True(spread < 1e-6 || Math.Abs((pair.First - values.Average()) / spread - pair.Second) < tolerance * 100));
        });

    [Fact]
    public void NaN_StaysNaN_AndDoesNotCount()
    {
        float[] scores = Scores([1e9 + 1, double.NaN, 1e9 + 3]);
        Assert.Equal([-1, float.NaN, 1], scores);
    }

    [Fact]
    public void OneValueOnly_IsZero() => Assert.Equal([0f, 0f], Scores([1e45, 1e45]));

    [Fact]
    public void TheSchemaThatIsPromised_IsDelivered_AndTheModelIsTheSameOnceLoaded()
    {
        IDataView rows = Rows([1e9, 1e9 + 1, 1e9 + 2]);
        DoubleStandardizingEstimator estimator = Estimator();
        DoubleStandardizingTransformer transformer = estimator.Fit(rows);
        SchemaContract.AssertDelivered(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)), transformer.Transform(rows).Schema);

        using var stream = new MemoryStream();
        _mlContext.Model.Save(transformer, rows.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal(Scores(transformer, rows), Scores(loaded, rows));
    }

    [Fact]
    public void APipelineOfSeveral_IsPrunedToThoseThatAreNeeded()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 9).Select(i => new TwoRows { First = 1e9 + i, Second = i }));
        EstimatorChain<DoubleStandardizingTransformer> pipeline = _mlContext.Transforms
            .StandardizeDoubles(new InputOutputColumnPair("First"))
            .Append(_mlContext.Transforms.StandardizeDoubles(new InputOutputColumnPair("Second")));
        DGatingPrunedModel pruned = _mlContext.Model.Prune(pipeline.Fit(rows), rows.Schema, ["Second"]);
        Assert.Equal("Second", Assert.Single(pruned.InputSchema).Name);
        Assert.Single(pruned.Model);
    }

    [Fact]
    public void OtherColumns_AreRefused()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(new[] { new SingleRow() });
        Assert.Contains("expected Double, got Single",
            Assert.Throws<ArgumentOutOfRangeException>(() => Estimator().Fit(rows)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Estimator().GetOutputSchema(SchemaShape.Create(_mlContext.Data.LoadFromEnumerable(Array.Empty<OtherRow>()).Schema)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator().Fit(Rows([1, 2])).Transform(rows));
    }

    private DoubleStandardizingEstimator Estimator() =>
        _mlContext.Transforms.StandardizeDoubles(new InputOutputColumnPair("Small", "Large"));

    private float[] Scores(double[] values) => Scores(Estimator().Fit(Rows(values)), Rows(values));

    private static float[] Scores(ITransformer transformer, IDataView rows) => [.. transformer.Transform(rows).GetColumn<float>("Small")];

    private IDataView Rows(double[] values) => _mlContext.Data.LoadFromEnumerable(values.Select(value => new DoubleRow { Large = value }));

    private sealed class DoubleRow
    {
        public double Large { get; set; }
    }

    private sealed class SingleRow
    {
        public float Large { get; set; }
    }

    private sealed class TwoRows
    {
        public double First { get; set; }

        public double Second { get; set; }
    }

    private sealed class OtherRow
    {
        public double Small { get; set; }
    }
}
