using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Adds a network's operators to a graph. Heads (<see cref="OnnxHead"/>) go on from <see cref="Output"/>.</summary>
/// <remarks>All operators mean the same from opset <see cref="OldestOpset"/> to 17, so that one graph fits every converter.</remarks>
internal sealed class NetworkGraph
{
    /// <summary>The first opset in which Clip takes its bounds as inputs.</summary>
    public const int OldestOpset = 11;

    private readonly CollapsedNetwork _network;

    // Whether a row misses a value that the network reads, rows × 1; null where it reads none, or where that makes no score NaN.
    private readonly string? _missing;

    /// <param name="graph">Where to add the operators.</param>
    /// <param name="network">The network to add.</param>
    /// <param name="features">The variable with all slots, rows × slots.</param>
    public NetworkGraph(IOnnxGraph graph, CollapsedNetwork network, string features)
    {
        Graph = graph;
        _network = network;
        int columns = network.Inputs.Encoding.Columns;
        if (columns == 0)
        {
            Output = AddConstantRows(features);
            return;
        }

        if (network.Inputs.Encoding.IsZeroWhereMissing)
        {
            Output = AddLayers(AddEncodingOfMissing(features, network.Inputs));
            return;
        }

        string values = AddColumns("Slots", features, network.Inputs, 0, network.Inputs.Slots.Length);
        _missing = AddMissing(values, columns);
        Output = AddLayers(AddEncoding(values, network.Inputs.Encoding));
    }

    public IOnnxGraph Graph { get; }

    /// <summary>The network's scores, rows × outputs; undefined for a row with a missing value until AddResult mends it.</summary>
    public string Output { get; }

    /// <summary>The number of scores of a row.</summary>
    public int OutputCount => _network.OutputCount;

    /// <summary>Gives an output its values, and another one for a row that misses a value.</summary>
    /// <remarks>ONNX does not say what Clip and Relu make of NaN, and runtimes differ, so it is not left to them.</remarks>
    public string AddResult(string values, float whereMissing, string output) =>
        AddResult(values, () => Graph.AddConstant("WhereMissing", [whereMissing], 1), output);

    /// <inheritdoc cref="AddResult(string, float, string)"/>
    public string AddResult(string values, long whereMissing, string? output = null) =>
        AddResult(values, () => Graph.AddConstant("WhereMissing", [whereMissing], 1), output);

    private string AddResult(string values, Func<string> addWhereMissing, string? output) => _missing is null
        ? Graph.AddNode("Identity", [values], output: output)
        : Graph.AddNode("Where", [_missing, addWhereMissing(), values], output: output);

    // The raw values of some inputs; a slot is gathered once for each column.
    private string AddColumns(string name, string features, SelectedInputs inputs, int from, int to)
    {
        int first = inputs.Encoding.FirstColumn(from);
        long[] slots = new long[inputs.Encoding.FirstColumn(to) - first];
        for (int input = from; input < to; input++)
        {
            int place = input < inputs.Slots.Length ? input : inputs.Indicated[input - inputs.Slots.Length];
            slots.AsSpan(inputs.Encoding.FirstColumn(input) - first, inputs.Encoding.ColumnCount(input)).Fill(inputs.Slots[place]);
        }

        return Graph.AddNode("Gather", [features, Graph.AddConstant(name, slots, slots.Length)], OnnxAttribute.Axis(1));
    }

    // ONNX does not say what Clip makes of NaN: a missing value is replaced before, and its columns become 0 afterwards.
    private string AddEncodingOfMissing(string features, SelectedInputs inputs)
    {
        int slots = inputs.Slots.Length;
        string values = AddColumns("Slots", features, inputs, 0, slots);
        if (inputs.Indicated.Length > 0)
        {
            string indicated = Graph.AddNode("IsNaN", [AddColumns("IndicatedSlots", features, inputs, slots, inputs.Encoding.Inputs)]);
            string indicators = Graph.AddNode("Cast", [indicated], OnnxAttribute.To(OnnxType.Float));
            values = Graph.AddNode("Concat", [values, indicators], OnnxAttribute.Axis(1));
        }

        string isMissing = Graph.AddNode("IsNaN", [values]), zero = Graph.AddConstant("Zero", [0f], 1);
        string present = Graph.AddNode("Where", [isMissing, zero, values]);
        return Graph.AddNode("Where", [isMissing, zero, AddEncoding(present, inputs.Encoding)]);
    }

    // A product with ones counts a row's missing values: reductions take their axes differently in old and new opsets.
    private string AddMissing(string values, int count)
    {
        string isMissing = Graph.AddNode("Cast", [Graph.AddNode("IsNaN", [values])], OnnxAttribute.To(OnnxType.Float));
        float[] ones = new float[count];
        Array.Fill(ones, 1f);
        string counts = Graph.AddNode("MatMul", [isMissing, Graph.AddConstant("Ones", ones, count, 1)]);
        return Graph.AddNode("Cast", [counts], OnnxAttribute.To(OnnxType.Bool));
    }

    // clip((x − offset) · scale, low, high) − center. The constants keep the names that they had when every encoding was a standardization.
    private string AddEncoding(string values, InputEncoding encoding)
    {
        int columns = encoding.Columns;
        string centred = Graph.AddNode("Sub", [values, Graph.AddConstant("Mean", encoding.Offsets, columns)]);
        string z = Graph.AddNode("Mul", [centred, Graph.AddConstant("InverseDeviation", encoding.Scales, columns)]);
        string clipped = AddClip(z, encoding);
        return encoding.Centers.Any(center => center != 0)
            ? Graph.AddNode("Sub", [clipped, Graph.AddConstant("Center", encoding.Centers, columns)])
            : clipped;
    }

    private string AddClip(string z, InputEncoding encoding)
    {
        float bound = encoding.UniformBound;
        if (float.IsPositiveInfinity(bound))
        {
            return z;
        }

        if (!float.IsNaN(bound))
        {
            return Graph.AddNode("Clip", [z, Graph.AddConstant("Lowest", [-bound]), Graph.AddConstant("Highest", [bound])]);
        }

        string fromLowest = Graph.AddNode("Max", [z, Graph.AddConstant("Lowest", encoding.Lows, encoding.Columns)]);
        return Graph.AddNode("Min", [fromLowest, Graph.AddConstant("Highest", encoding.Highs, encoding.Columns)]);
    }

    private string AddLayers(string z)
    {
        string activation = _network.Activation == DGatingActivation.Tanh ? "Tanh" : "Relu", values = z;
        foreach (DenseLayer layer in _network.Hidden)
        {
            values = Graph.AddNode(activation, [AddLayer(layer, values)]);
        }

        string output = AddLayer(_network.Output, values);
        if (_network.Skip is null)
        {
            return output;
        }

        string skip = Graph.AddConstant("Skip", _network.Skip, _network.Inputs.Encoding.Columns, _network.OutputCount);
        return Graph.AddNode("Gemm", [z, skip, output]);
    }

    private string AddLayer(DenseLayer layer, string inputs)
    {
        string weights = Graph.AddConstant("Weights", layer.Weights, layer.Inputs, layer.Outputs);
        return Graph.AddNode("Gemm", [inputs, weights, Graph.AddConstant("Bias", layer.Bias, layer.Outputs)]);
    }

    // A model without features: the same outputs for every row, whatever is in it. Not every runtime multiplies matrices without columns.
    private string AddConstantRows(string features)
    {
        float[] outputs = new float[_network.OutputCount];
        _network.Score(new float[_network.Inputs.SlotCount], outputs, _network.CreateScratch());
        string rowAxis = Graph.AddConstant("RowAxis", [0L], 1);
        string rows = Graph.AddNode("Gather", [Graph.AddNode("Shape", [features]), rowAxis], OnnxAttribute.Axis(0));
        string shape = Graph.AddNode("Concat", [rows, Graph.AddConstant("OutputCount", [outputs.LongLength], 1)], OnnxAttribute.Axis(0));
        return Graph.AddNode("Expand", [Graph.AddConstant("Constant", outputs, 1, outputs.Length), shape]);
    }
}
