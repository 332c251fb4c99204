namespace MLNet.DGating;

/// <summary>A constant parameter of an operator.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">A long, a float, a string, an array of one of them, or a <see cref="ProtobufMessage"/> with a graph.</param>
internal sealed record OnnxAttribute(string Name, object Value)
{
    private const int FloatKind = 1, IntegerKind = 2, StringKind = 3, GraphKind = 5, FloatsKind = 6, IntegersKind = 7, StringsKind = 8;

    /// <summary>Takes the smallest elements instead of the largest.</summary>
    public static OnnxAttribute Ascending { get; } = new("largest", 0L);

    public static OnnxAttribute Axis(int axis) => new("axis", (long)axis);

    public static OnnxAttribute To(OnnxType type) => new("to", (long)type);

    /// <summary>Returns the attribute as the format has it (AttributeProto).</summary>
    public ProtobufMessage ToMessage()
    {
        ProtobufMessage message = new ProtobufMessage().Add(1, Name);
        return Value switch
        {
            float number => message.Add(2, number).Add(20, FloatKind),
            long number => message.Add(3, number).Add(20, IntegerKind),
            string text => message.Add(4, text).Add(20, StringKind),
            ProtobufMessage graph => message.Add(6, graph).Add(20, GraphKind),
            float[] numbers => numbers.Aggregate(message, (all, number) => all.Add(7, number)).Add(20, FloatsKind),
            long[] numbers => numbers.Aggregate(message, (all, number) => all.Add(8, number)).Add(20, IntegersKind),
            string[] texts => texts.Aggregate(message, (all, text) => all.Add(9, text)).Add(20, StringsKind),
            _ => throw new NotSupportedException($"An attribute of an operator cannot be {Value.GetType()}."),
        };
    }
}
