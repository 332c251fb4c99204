namespace MLNet.DGating;

/// <summary>A constant parameter of an operator; those used here take one whole number.</summary>
internal readonly record struct OnnxAttribute(string Name, long Value)
{
    /// <summary>Takes the smallest elements instead of the largest.</summary>
    public static OnnxAttribute Ascending { get; } = new("largest", 0);

    public static OnnxAttribute Axis(int axis) => new("axis", axis);

    public static OnnxAttribute To(OnnxType type) => new("to", (long)type);
}
