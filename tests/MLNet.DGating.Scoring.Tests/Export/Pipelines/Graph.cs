using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

/// <summary>Operators on texts, rows × 1, run by ONNX Runtime.</summary>
internal static class Graph
{
    /// <summary>Runs operators on texts.</summary>
    /// <typeparam name="T">The type of the result's elements.</typeparam>
    /// <param name="texts">The texts, one a row.</param>
    /// <param name="write">Adds the operators to a document; takes the variable of the texts and returns that of the result.</param>
    public static Tensor<T> Run<T>(string[] texts, Func<OnnxDocument, string, string> write)
    {
        var document = new OnnxDocument(["texts", "result"]);
        document.AddNode("Identity", [write(document, "texts")], output: "result");
        using var stream = new MemoryStream();
        OnnxType type = typeof(T) == typeof(long) ? OnnxType.Int64 : typeof(T) == typeof(float) ? OnnxType.Float : OnnxType.UInt32;
        document.ToModel([new("texts", OnnxType.String, 1)], [new("result", type, null)], ("Test", "1"), []).WriteTo(stream);
        using var session = new InferenceSession(stream.ToArray());
        var input = NamedOnnxValue.CreateFromTensor("texts", new DenseTensor<string>(texts, [texts.Length, 1]));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run([input]);
        return outputs.Single().AsTensor<T>().Clone();
    }
}
