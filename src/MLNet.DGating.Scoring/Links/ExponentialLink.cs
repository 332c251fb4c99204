namespace MLNet.DGating;

/// <summary>Predicts a number above 0, such as a count: e^score.</summary>
/// <remarks>It rounds to 0 for scores below about −103, and to infinity for scores above about 88.</remarks>
internal sealed class ExponentialLink : InverseLink
{
    private ExponentialLink()
    {
    }

    public static ExponentialLink Instance { get; } = new();

    /// <summary>The prediction for one score; NaN for NaN.</summary>
    public static float Apply(float score) => MathF.Exp(score);

    public override void Apply(ReadOnlySpan<float> scores, Span<float> predictions)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            predictions[i] = Apply(scores[i]);
        }
    }

    public override string AddTo(IOnnxGraph graph, string scores) => graph.AddNode("Exp", [scores]);
}
