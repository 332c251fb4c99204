using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

/// <summary>A file of a whole pipeline, run by ONNX Runtime on the columns of rows, all rows at once.</summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly InferenceSession _session;

    public PipelineRun(DGatingPrunedModel model)
    {
        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(stream.ToArray(), options);
    }

    public IReadOnlyCollection<string> Inputs => [.. _session.InputMetadata.Keys];

    public IReadOnlyCollection<string> Outputs => [.. _session.OutputMetadata.Keys];

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>The result, each output's values in the order of rows; words and Booleans as texts, numbers as they are.</summary>
    public Dictionary<string, object[]> Run(IDataView rows)
    {
        NamedOnnxValue[] inputs = [.. Inputs.Select(name => Input(name, rows))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(inputs);
        return outputs.ToDictionary(output => output.Name, output => output.Value switch
        {
            Tensor<float> numbers => numbers.Select(number => (object)number).ToArray(),
            Tensor<bool> flags => [.. flags.Select(flag => (object)flag)],
            Tensor<uint> keys => [.. keys.Select(key => (object)key)],
            Tensor<string> words => [.. words.Select(word => (object)word)],
            _ => throw new NotSupportedException(output.Name),
        });
    }

    private static NamedOnnxValue Input(string name, IDataView rows) => rows.Schema[name].Type switch
    {
        VectorDataViewType => Input(name, [.. rows.GetColumn<float[]>(name)]),
        TextDataViewType => Input(name, [.. rows.GetColumn<string>(name).Select(word => new[] { word })]),
        { RawType: var type } when type == typeof(double) =>
            Input(name, [.. rows.GetColumn<double>(name).Select(value => new[] { value })]),
        _ => Input(name, [.. rows.GetColumn<float>(name).Select(value => new[] { value })]),
    };

    private static NamedOnnxValue Input<T>(string name, T[][] rows) => NamedOnnxValue.CreateFromTensor(
        name, new DenseTensor<T>(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]));

    public void Dispose() => _session.Dispose();
}
