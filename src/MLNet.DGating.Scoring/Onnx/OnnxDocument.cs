namespace MLNet.DGating;

/// <summary>Builds an ONNX file: the messages of the format, by the field numbers of its definition (onnx.proto).</summary>
internal sealed class OnnxDocument : IOnnxGraph
{
    /// <summary>The set of operators; runtimes read it since late 2020 (ONNX Runtime 1.6).</summary>
    public const int Opset = 13;

    // The version of the format itself (ir_version) that came with opset 13.
    private const int RepresentationVersion = 7;

    private const int IntegerAttribute = 2;

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly HashSet<string> _names;

    /// <param name="reserved">Names of inputs and outputs, which no other variable gets.</param>
    public OnnxDocument(IEnumerable<string> reserved) => _names = new(reserved, StringComparer.Ordinal);

    public string AddConstant(string name, float[] values, params long[] shape) =>
        AddConstant(name, OnnxType.Float, shape, tensor => tensor.AddRaw(9, values));

    public string AddConstant(string name, long[] values, params long[] shape) =>
        AddConstant(name, OnnxType.Int64, shape, tensor => tensor.AddRaw(9, values));

    public string AddNode(
        string operation, string[] inputs, OnnxAttribute? attribute = null, string? output = null, int unreadOutputs = 0)
    {
        output ??= NewName(operation);
        var node = new ProtobufMessage();
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output);
        for (int i = 0; i < unreadOutputs; i++)
        {
            node.Add(2, NewName("Unread"));
        }

        node.Add(3, $"{operation}:{output}").Add(4, operation);
        if (attribute is (string name, long value))
        {
            node.Add(5, new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerAttribute));
        }

        _nodes.Add(node);
        return output;
    }

    /// <summary>Puts the file together.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="width">Elements of the input in a row.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="producer">What made the file, and its version.</param>
    /// <param name="metadata">Keys and values for the reader.</param>
    public ProtobufMessage ToModel(
        string input,
        int width,
        IEnumerable<OnnxOutput> outputs,
        (string Name, string Version) producer,
        IEnumerable<(string Key, string Value)> metadata)
    {
        ProtobufMessage graph = new ProtobufMessage()
            .Add(1, _nodes)
            .Add(2, producer.Name)
            .Add(5, _constants)
            .Add(11, Describe(input, OnnxType.Float, width))
            .Add(12, outputs.Select(output => Describe(output.Name, output.Type, output.Width)));
        return new ProtobufMessage()
            .Add(1, RepresentationVersion)
            .Add(2, producer.Name)
            .Add(3, producer.Version)
            .Add(7, graph)
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, Opset))
            .Add(14, metadata.Select(entry => new ProtobufMessage().Add(1, entry.Key).Add(2, entry.Value)));
    }

    private string AddConstant(string name, OnnxType type, long[] shape, Action<ProtobufMessage> addValues)
    {
        name = NewName(name);
        var tensor = new ProtobufMessage();
        foreach (long length in shape)
        {
            tensor.Add(1, length);
        }

        addValues(tensor.Add(2, (long)type).Add(8, name));
        _constants.Add(tensor);
        return name;
    }

    private string NewName(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }

    // Any number of rows: a dimension with a name instead of a length.
    private static ProtobufMessage Describe(string name, OnnxType type, int width)
    {
        ProtobufMessage shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "rows"))
            .Add(1, new ProtobufMessage().Add(1, width));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, (long)type).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
