using CsCheck;
using MLNet.DGating.Scoring.Tests.Export;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Scoring.Tests.Models;

/// <summary>Models of several quantiles: Score and Quantiles, in ML.NET and in ONNX.</summary>
public class QuantileModelTests
{
    private const int Slots = 9;
    private static readonly double[] s_levels = [0.1, 0.5, 0.9];
    private readonly MLContext _context = new(seed: 1);
    private readonly float[][] _rows = [.. Enumerable.Range(0, 20).Select(seed => Networks.Row(new Random(seed), Slots))];

    [Fact]
    public void Quantiles_AreTheOutputsAscending_AndTheScoreIsTheMedian()
    {
        (CollapsedNetwork network, ITransformer transformer) = Create();
        float[][] quantiles = Quantiles(transformer);
        double[][] outputs = [.. _rows.Select(row => Networks.ScoreByDefinition(network, row))];
        AssertNear(outputs.SelectMany(row => row.Order()).Select(value => (float)value), quantiles.SelectMany(row => row));
        Assert.Equal(quantiles.Select(row => row[1]), Scores(transformer));
        // The outputs of this network cross in some rows, or sorting would not be tested.
        Assert.Contains(outputs, row => !row.SequenceEqual(row.Order()));
    }

    [Fact]
    public void AMissingValue_MakesAllQuantilesMissing()
    {
        (CollapsedNetwork network, ITransformer transformer) = Create();
        _rows[3][network.Inputs.Slots[0]] = float.NaN;
        Assert.All(Quantiles(transformer)[3], value => Assert.True(float.IsNaN(value)));
        Assert.True(float.IsNaN(Scores(transformer)[3]));
    }

    [Fact]
    public void Columns_HaveTheAnnotationsOfARegression_AndTheLevelsAsSlotNames()
    {
        (_, ITransformer transformer) = Create();
        DataViewSchema schema = transformer.GetOutputSchema(View().Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Quantiles"].GetSlotNames(ref names);
        Assert.Equal(["Quantile-0.1", "Quantile-0.5", "Quantile-0.9"], names.DenseValues().Select(name => name.ToString()));
        ReadOnlyMemory<char> kind = default;
        schema["Score"].Annotations.GetValue("ScoreColumnKind", ref kind);
        Assert.Equal("Regression", kind.ToString());
    }

    [Fact]
    public void SaveAndLoad_GivesTheSameQuantilesAndLevels()
    {
        (_, ITransformer transformer) = Create();
        using var stream = new MemoryStream();
        _context.Model.Save(transformer, View().Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _context.Model.Load(stream, out _);
        Assert.Equal(Quantiles(transformer), Quantiles(loaded));
        var model = (DGatingQuantileModelParameters)((IPredictionTransformer<object>)loaded).Model;
        Assert.Equal(s_levels, model.Levels);
    }

    [Fact]
    public void AnOnnxFile_GivesTheSameScoresAndQuantiles()
    {
        (CollapsedNetwork network, ITransformer transformer) = Create();
        _rows[3][network.Inputs.Slots[0]] = float.NaN;
        using var stream = new MemoryStream();
        ((IPredictionTransformer<DGatingRegressionModelParameters>)transformer).Model.SaveAsOnnx(stream);
        AssertOnnx(stream.ToArray(), transformer, "Score", "Quantiles");
    }

    [Fact]
    public void ConvertToOnnx_GivesTheSameScoresAndQuantiles()
    {
        (_, ITransformer transformer) = Create();
        using var stream = new MemoryStream();
        _context.Model.ConvertToOnnx(transformer, View(), stream);
        AssertOnnx(stream.ToArray(), transformer, "Score.output", "Quantiles.output");
    }

    [Fact]
    public void TheMiddle_IsTheLevelNearestToOneHalf_AndOfTwoTheLower() => Assert.Equal(
        [1, 0, 0, 2],
        [.. ((double[][])[[0.1, 0.5, 0.9], [0.1, 0.9], [0.7], [0.01, 0.1, 0.6]]).Select(levels => new QuantileLevels(levels).Middle)]);

    [Fact]
    public void LevelsThatDoNotAscendBetween0And1_AreRefused() => Gen.Double[-0.5, 1.5].Array[0, 4].Sample(levels =>
    {
        bool areValid = levels.Length > 0 && levels.All(level => level is > 0 and < 1) && levels.Order().Distinct().SequenceEqual(levels);
        Assert.Equal(areValid, QuantileLevels.AreValid(levels));
        if (!areValid)
        {
            Assert.Throws<ArgumentException>(() => new QuantileLevels(levels));
        }
    });

    [Fact]
    public void AFeatureColumnOfAnotherLength_IsRefused()
    {
        (_, ITransformer transformer) = Create();
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Slots + 1);
        IDataView wider = _context.Data.LoadFromEnumerable([new FeatureRow { Features = new float[Slots + 1] }], definition);
        Assert.ThrowsAny<ArgumentException>(() => transformer.Transform(wider));
    }

    private (CollapsedNetwork, ITransformer) Create()
    {
        CollapsedNetwork network = Networks.Create(
            new Random(5), Slots, hiddenCount: 1, outputCount: 3, skip: true, DGatingActivation.Relu, selectedCount: 4, width: 16);
        var model = new DGatingQuantileModelParameters(
            _context, network, OnnxCase.ReportOn(network, "Features", SlotMetadata.None), [], new QuantileLevels(s_levels));
        return (network, new RegressionPredictionTransformer<DGatingRegressionModelParameters>(_context, model, View().Schema, "Features"));
    }

    private IDataView View()
    {
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Slots);
        return _context.Data.LoadFromEnumerable(_rows.Select(row => new FeatureRow { Features = row }), definition);
    }

    private float[][] Quantiles(ITransformer transformer) => [.. transformer.Transform(View()).GetColumn<float[]>("Quantiles")];

    private float[] Scores(ITransformer transformer) => [.. transformer.Transform(View()).GetColumn<float>("Score")];

    private void AssertOnnx(byte[] file, ITransformer transformer, string score, string quantiles)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(file, options);
        var features = new DenseTensor<float>(_rows.SelectMany(row => row).ToArray(), [_rows.Length, Slots]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor("Features", features)]);
        AssertNear(Scores(transformer), outputs.Single(output => output.Name == score).AsTensor<float>());
        AssertNear(Quantiles(transformer).SelectMany(row => row), outputs.Single(output => output.Name == quantiles).AsTensor<float>());
    }

    private static void AssertNear(IEnumerable<float> expected, IEnumerable<float> actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (one, other) =>
            one.Equals(other) || Math.Abs(one - other) <= 1e-4f * Math.Max(1, Math.Abs(one)));

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
