using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

public class ExpressionWriterTests
{
    private static readonly float[] s_values = [0, 1, -1, 2.5f, -3.25f, 1e6f, float.NaN, 7];

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData("x => x * 2 + 1")]
    [InlineData("x => x > 1 ? sqrt(x) : -x")]
    [InlineData("x => isna(x) ? 5 : abs(x) / 3")]
    [InlineData("x => single(long(isna(x) ? 0 : x) % 3L)")]
    [InlineData("x => single(sin(double(x)) + cos(double(x) / 7.0))")]
    [InlineData("x => x >= 0 and x != 7 ? log(x + 1) : na(x)")]
    [InlineData("x => max(x, 2.0f) - min(x, 1.0f)")]
    [InlineData("x => x ?? 4")]
    [InlineData("x => not (x < 1) ? exp(-x) : floor(x)")]
    public void Write_GivesWhatMLNetComputes(string expression)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(s_values.Select(value => new Row { X = value }));
        ExpressionTransformer step = _context.Transforms.Expression("Y", expression, "X").Fit(rows);
        float[] expected = [.. step.Transform(rows).GetColumn<float>("Y")];
        var document = new OnnxDocument(["X", "result"]);
        var pipeline = new PipelineDocument(_context, document);
        pipeline.Set("X", "X");
        PipelineOnnx.Write(step, rows.Schema, step.GetOutputSchema(rows.Schema), pipeline);
        document.AddNode("Identity", [pipeline["Y"]], output: "result");
        using var stream = new MemoryStream();
        document.ToModel([new("X", OnnxType.Float, 1)], [new("result", OnnxType.Float, 1)], ("Test", "1"), []).WriteTo(stream);
        using var session = new InferenceSession(stream.ToArray());
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor("X", new DenseTensor<float>(s_values, [s_values.Length, 1]))]);
        Assert.All(expected.Zip(outputs.Single().AsTensor<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void AFunctionThatOnnxLacks_IsNamed()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(s_values.Select(value => new Row { X = value }));
        ExpressionTransformer step = _context.Transforms.Expression("Y", "x => atan2(x, 2)", "X").Fit(rows);
        var pipeline = new PipelineDocument(_context, new OnnxDocument(["X"]));
        pipeline.Set("X", "X");
        NotSupportedException error = Assert.Throws<NotSupportedException>(
            () => PipelineOnnx.Write(step, rows.Schema, step.GetOutputSchema(rows.Schema), pipeline));
        Assert.Contains("ExpressionTransformer has no form in ONNX. 'atan2' of an expression", error.Message, StringComparison.Ordinal);
    }

    private sealed class Row
    {
        public float X { get; set; }
    }
}
