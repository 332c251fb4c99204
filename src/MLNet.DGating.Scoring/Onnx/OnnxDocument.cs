namespace MLNet.DGating;

/// <summary>Builds an ONNX file: the messages of the format, by the field numbers of its definition (onnx.proto).</summary>
internal sealed class OnnxDocument : IOnnxGraph
{
    /// <summary>The domain of the operators for classical models: encodings of labels, imputation.</summary>
    public const string Classical = "ai.onnx.ml";

    /// <summary>The domain of ONNX Runtime's own operators: it splits texts and hashes.</summary>
    public const string Runtime = "com.microsoft";

    /// <summary>The set of operators that suffices without texts; runtimes read it since late 2020 (ONNX Runtime 1.6).</summary>
    public const int OldestOpset = 13;

    /// <summary>The set of operators that counts: it adds at given places (ONNX Runtime 1.14, early 2023).</summary>
    public const int OpsetOfCounts = 18;

    private const int ClassicalOpset = 3, RuntimeOpset = 1;

    // The versions of the format itself (ir_version) that came with the opsets.
    private const int OldestRepresentation = 7, RepresentationOfCounts = 8;

    private readonly List<OnnxOperator> _operators = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly HashSet<string> _names;

    /// <param name="reserved">Names of inputs and outputs, which no other variable gets.</param>
    public OnnxDocument(IEnumerable<string> reserved) => _names = new(reserved, StringComparer.Ordinal);

    /// <summary>The set of operators that the file is written for.</summary>
    public int Opset { get; private set; } = OldestOpset;

    /// <summary>Says that the file needs a set of operators.</summary>
    public void Require(int opset) => Opset = Math.Max(Opset, opset);

    public string AddConstant(string name, float[] values, params long[] shape) =>
        AddConstant(name, OnnxType.Float, values, shape);

    public string AddConstant(string name, long[] values, params long[] shape) =>
        AddConstant(name, OnnxType.Int64, values, shape);

    /// <summary>Adds a constant of strings.</summary>
    public string AddConstant(string name, string[] values, params long[] shape)
    {
        string unique = NewName(name);
        _constants.Add(OnnxTensor.OfStrings(unique, values, shape));
        return unique;
    }

    /// <summary>Adds a constant of any type of numbers.</summary>
    public string AddConstant<T>(string name, OnnxType type, T[] values, long[] shape)
        where T : unmanaged
    {
        string unique = NewName(name);
        _constants.Add(OnnxTensor.OfNumbers<T>(unique, type, values, shape));
        return unique;
    }

    public string AddNode(
        string operation, string[] inputs, OnnxAttribute? attribute = null, string? output = null, int unreadOutputs = 0)
    {
        output ??= NewName(operation);
        string[] unread = [.. Enumerable.Range(0, unreadOutputs).Select(_ => NewName("Unread"))];
        OnnxOperator added = Add("", operation, inputs, [output, .. unread]);
        if (attribute is not null)
        {
            added.Attributes.Add(attribute);
        }

        return output;
    }

    /// <summary>Adds an operator of a domain and returns its output.</summary>
    public string AddNode(string domain, string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        string output = NewName(operation);
        Add(domain, operation, inputs, [output]).Attributes.AddRange(attributes);
        return output;
    }

    /// <summary>Adds an operator whose attributes are added later.</summary>
    public OnnxOperator Add(string domain, string operation, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        var added = new OnnxOperator(domain, operation, inputs, outputs);
        _operators.Add(added);
        return added;
    }

    /// <summary>Returns a name that nothing has yet.</summary>
    public string NewName(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }

    /// <summary>Tells whether a variable or a constant has a name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Puts the file together.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="producer">What made the file, and its version.</param>
    /// <param name="metadata">Keys and values for the reader.</param>
    public ProtobufMessage ToModel(
        IEnumerable<OnnxOutput> inputs,
        IEnumerable<OnnxOutput> outputs,
        (string Name, string Version) producer,
        IEnumerable<(string Key, string Value)> metadata)
    {
        ProtobufMessage[] nodes = [.. _operators.Select(each => each.ToMessage(Opset, (name, values) =>
            AddConstant(name, values, values.Length)))];
        ProtobufMessage graph = new ProtobufMessage()
            .Add(1, nodes)
            .Add(2, producer.Name)
            .Add(5, _constants)
            .Add(11, inputs.Select(Describe))
            .Add(12, outputs.Select(Describe));
        return new ProtobufMessage()
            .Add(1, Opset >= OpsetOfCounts ? RepresentationOfCounts : OldestRepresentation)
            .Add(2, producer.Name)
            .Add(3, producer.Version)
            .Add(7, graph)
            .Add(8, Domains().Select(domain => new ProtobufMessage().Add(1, domain.Name).Add(2, domain.Opset)))
            .Add(14, metadata.Select(entry => new ProtobufMessage().Add(1, entry.Key).Add(2, entry.Value)));
    }

    // A ValueInfoProto, for any number of rows: a dimension with a name instead of a length.
    private static ProtobufMessage Describe(OnnxOutput variable)
    {
        var width = new ProtobufMessage();
        ProtobufMessage shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "rows"))
            .Add(1, variable.Width is { } known ? width.Add(1, known) : width);
        ProtobufMessage tensor = new ProtobufMessage().Add(1, (long)variable.Type).Add(2, shape);
        return new ProtobufMessage().Add(1, variable.Name).Add(2, new ProtobufMessage().Add(1, tensor));
    }

    private IEnumerable<(string Name, int Opset)> Domains()
    {
        yield return ("", Opset);
        foreach (string domain in _operators.Select(each => each.Domain).Where(domain => domain.Length > 0).Distinct())
        {
            yield return (domain, domain == Classical ? ClassicalOpset : RuntimeOpset);
        }
    }
}
