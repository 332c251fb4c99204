namespace MLNet.DGating;

/// <summary>
/// A network as ONNX operators. The only place where the mathematics of a network is written for ONNX; heads (<see cref="OnnxHead"/>) go on
/// from <see cref="Output"/>. All operators mean the same from opset <see cref="OldestOpset"/> to 17, so that one graph fits every backend.
/// </summary>
internal sealed class NetworkGraph
{
    /// <summary>Clip takes its bounds as inputs since 11.</summary>
    public const int OldestOpset = 11;

    private readonly CollapsedNetwork _network;

    // Whether a row misses a value that the network reads, rows × 1; null where it reads none.
    private readonly string? _missing;

    /// <param name="graph">Where to add the operators.</param>
    /// <param name="network">The network to add.</param>
    /// <param name="features">The variable with all slots, rows × slots.</param>
    public NetworkGraph(IOnnxGraph graph, CollapsedNetwork network, string features)
    {
        Graph = graph;
        _network = network;
        int selected = network.Inputs.Slots.Length;
        if (selected == 0)
        {
            Output = AddConstantRows(features);
            return;
        }

        string slots = graph.AddConstant("Slots", [.. network.Inputs.Slots.ToArray().Select(slot => (long)slot)], selected);
        string values = graph.AddNode("Gather", [features, slots], OnnxAttribute.Axis(1));
        _missing = AddMissing(values, selected);
        Output = AddLayers(AddStandardization(values));
    }

    public IOnnxGraph Graph { get; }

    /// <summary>The network's outputs, rows × outputs. Undefined for a row with a missing value: <see cref="AddResult(string, float, string)"/> mends it.</summary>
    public string Output { get; }

    /// <summary>
    /// Gives <paramref name="output"/> the <paramref name="values"/>, and <paramref name="whereMissing"/> for a row that misses a value.
    /// ONNX does not say what Clip and Relu make of NaN, and runtimes differ, so it is not left to them.
    /// </summary>
    public string AddResult(string values, float whereMissing, string output) =>
        AddResult(values, () => Graph.AddConstant("WhereMissing", [whereMissing], 1), output);

    /// <inheritdoc cref="AddResult(string, float, string)"/>
    public string AddResult(string values, long whereMissing, string? output = null) =>
        AddResult(values, () => Graph.AddConstant("WhereMissing", [whereMissing], 1), output);

    private string AddResult(string values, Func<string> addWhereMissing, string? output) => _missing is null
        ? Graph.AddNode("Identity", [values], output: output)
        : Graph.AddNode("Where", [_missing, addWhereMissing(), values], output: output);

    // A product with ones counts a row's missing values: reductions take their axes differently in old and new opsets.
    private string AddMissing(string values, int count)
    {
        string isMissing = Graph.AddNode("Cast", [Graph.AddNode("IsNaN", [values])], OnnxAttribute.To(OnnxType.Float));
        var ones = new float[count];
        Array.Fill(ones, 1f);
        string counts = Graph.AddNode("MatMul", [isMissing, Graph.AddConstant("Ones", ones, count, 1)]);
        return Graph.AddNode("Cast", [counts], OnnxAttribute.To(OnnxType.Bool));
    }

    private string AddStandardization(string values)
    {
        SelectedInputs inputs = _network.Inputs;
        string centred = Graph.AddNode("Sub", [values, Graph.AddConstant("Mean", inputs.Mean.ToArray(), inputs.Slots.Length)]);
        string z = Graph.AddNode("Mul", [centred, Graph.AddConstant("InverseDeviation", inputs.InverseDeviation.ToArray(), inputs.Slots.Length)]);
        return float.IsPositiveInfinity(inputs.Clip)
            ? z
            : Graph.AddNode("Clip", [z, Graph.AddConstant("Lowest", [-inputs.Clip]), Graph.AddConstant("Highest", [inputs.Clip])]);
    }

    private string AddLayers(string z)
    {
        string activation = _network.Activation == DGatingActivation.Tanh ? "Tanh" : "Relu", values = z;
        foreach (DenseLayer layer in _network.Hidden)
            values = Graph.AddNode(activation, [AddLayer(layer, values)]);
        string output = AddLayer(_network.Output, values);
        return _network.Skip is null
            ? output
            : Graph.AddNode("Gemm", [z, Graph.AddConstant("Skip", _network.Skip, _network.Inputs.Slots.Length, _network.OutputCount), output]);
    }

    private string AddLayer(DenseLayer layer, string inputs) => Graph.AddNode("Gemm",
        [inputs, Graph.AddConstant("Weights", layer.Weights, layer.InputCount, layer.OutputCount), Graph.AddConstant("Bias", layer.Bias, layer.OutputCount)]);

    // A model without features: the same outputs for every row, whatever is in it. Not every runtime multiplies matrices without columns.
    private string AddConstantRows(string features)
    {
        var outputs = new float[_network.OutputCount];
        _network.Score(new float[_network.Inputs.SlotCount], outputs, _network.CreateScratch());
        string rows = Graph.AddNode("Gather", [Graph.AddNode("Shape", [features]), Graph.AddConstant("RowAxis", [0L], 1)], OnnxAttribute.Axis(0));
        string shape = Graph.AddNode("Concat", [rows, Graph.AddConstant("OutputCount", [outputs.LongLength], 1)], OnnxAttribute.Axis(0));
        return Graph.AddNode("Expand", [Graph.AddConstant("Constant", outputs, 1, outputs.Length), shape]);
    }
}
