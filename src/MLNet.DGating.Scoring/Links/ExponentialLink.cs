namespace MLNet.DGating;

/// <summary>Predicts a number of at least 0, such as a count or a price: e^score − c, and 0 where that is negative.</summary>
/// <remarks>The exponential rounds to 0 for scores below about −103, and to infinity for scores above about 88.</remarks>
/// <param name="offset">c, at least 0 and finite.</param>
internal sealed class ExponentialLink(float offset = 0) : InverseLink
{
    public static ExponentialLink Instance { get; } = new();

    /// <summary>c, which was added to labels before their logarithm was taken; 0 for none.</summary>
    public float Offset => offset;

    public override void Apply(ReadOnlySpan<float> scores, Span<float> predictions)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            float prediction = MathF.Exp(scores[i]) - offset;
            // The comparison is false for NaN, which stays.
            predictions[i] = prediction < 0 ? 0 : prediction;
        }
    }

    public override string AddTo(IOnnxGraph graph, string scores)
    {
        string exponential = graph.AddNode("Exp", [scores]);
        return offset == 0
            ? exponential
            : graph.AddNode("Relu", [graph.AddNode("Sub", [exponential, graph.AddConstant("Offset", [offset])])]);
    }
}
