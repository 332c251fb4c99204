using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Fuzz.Written;

/// <summary>A run of an exported model by ONNX Runtime, on all rows of a table at once.</summary>
internal sealed class OnnxRun
{
    private readonly Dictionary<string, object> _outputs;

    public OnnxRun(string path, TableFile table)
    {
        using var session = new InferenceSession(path);
        Metadata = session.ModelMetadata.CustomMetadataMap;
        Inputs = [.. session.InputMetadata.Keys];
        NamedOnnxValue[] inputs = [.. session.InputMetadata.Select(input => Column(input.Key, input.Value.ElementDataType, table))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(inputs);
        _outputs = outputs.ToDictionary(output => output.Name, output => output.Value switch
        {
            Tensor<float> numbers => numbers.ToDenseTensor(),
            Tensor<string> words => (object)words.ToArray(),
            _ => "",
        });
    }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyList<string> Inputs { get; }

    public string[] Words(string output) => (string[])_outputs[output];

    public float[] Numbers(string output, int slot)
    {
        var numbers = (DenseTensor<float>)_outputs[output];
        return [.. Enumerable.Range(0, numbers.Dimensions[0]).Select(row => numbers[row, slot])];
    }

    private static NamedOnnxValue Column(string name, TensorElementType type, TableFile table)
    {
        int index = table.IndexOf(name);
        var cells = new List<string>();
        using TableReader reader = table.Read();
        while (reader.Read())
        {
            cells.Add(reader.Cell(index).ToString());
        }

        int[] shape = [cells.Count, 1];
        return type == TensorElementType.String
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(cells.ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(
                cells.Select(Number).ToArray(), shape));
    }

    private static float Number(string cell) =>
        NumberText.TryParse(cell, NumberStyle.Plain, out double number) ? (float)number : float.NaN;
}
