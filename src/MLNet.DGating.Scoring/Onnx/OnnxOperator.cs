namespace MLNet.DGating;

/// <summary>An operator of a graph. What opset it is written for is only known when the whole graph is.</summary>
/// <param name="domain">The domain; empty for the default one.</param>
/// <param name="operation">The operation, as ONNX names it.</param>
/// <param name="inputs">The variables that it reads.</param>
/// <param name="outputs">The variables that it writes.</param>
internal sealed class OnnxOperator(string domain, string operation, IEnumerable<string> inputs, IEnumerable<string> outputs)
{
    private const string Axes = "axes";

    // The opset in which an operator began to take its axes as an input instead of an attribute.
    private static readonly Dictionary<string, int> s_axesAreInputSince = new(StringComparer.Ordinal)
    {
        ["Squeeze"] = 13,
        ["Unsqueeze"] = 13,
        ["ReduceSum"] = 13,
        ["ReduceL1"] = 18,
        ["ReduceL2"] = 18,
        ["ReduceMax"] = 18,
        ["ReduceMean"] = 18,
        ["ReduceMin"] = 18,
        ["ReduceSumSquare"] = 18,
    };

    public string Domain => domain;

    public List<OnnxAttribute> Attributes { get; } = [];

    /// <summary>Returns the operator as the format has it (NodeProto).</summary>
    /// <param name="opset">The opset of the graph.</param>
    /// <param name="addConstant">Adds a constant to the graph and returns its name.</param>
    public ProtobufMessage ToMessage(int opset, Func<string, long[], string> addConstant)
    {
        IEnumerable<string> read = inputs;
        IEnumerable<OnnxAttribute> attributes = Attributes;
        if (s_axesAreInputSince.TryGetValue(operation, out int since) && opset >= since
            && Attributes.Find(attribute => attribute.Name == Axes) is { Value: long[] axes } given)
        {
            read = [.. inputs, addConstant("Axes", axes)];
            attributes = Attributes.Where(attribute => attribute != given);
        }

        string[] written = [.. outputs];
        ProtobufMessage node = read.Aggregate(new ProtobufMessage(), (message, input) => message.Add(1, input));
        node = written.Aggregate(node, (message, output) => message.Add(2, output)).Add(3, $"{operation}:{written[0]}").Add(4, operation);
        node.Add(5, attributes.Select(attribute => attribute.ToMessage()));
        return domain.Length == 0 ? node : node.Add(7, domain);
    }
}
