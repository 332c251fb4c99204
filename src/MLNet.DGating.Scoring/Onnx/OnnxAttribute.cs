namespace MLNet.DGating;

/// <summary>A constant parameter of an operator; those used here take one whole number.</summary>
internal readonly record struct OnnxAttribute(string Name, long Value)
{
    public static OnnxAttribute Axis(int axis) => new("axis", axis);

    public static OnnxAttribute To(OnnxType type) => new("to", (long)type);
}
