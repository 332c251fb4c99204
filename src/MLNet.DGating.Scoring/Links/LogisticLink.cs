namespace MLNet.DGating;

/// <summary>Predicts a probability: 1 / (1 + e^−score), kept off 0 and 1 (docs/theory.md §12).</summary>
internal sealed class LogisticLink : InverseLink
{
    // Rounding must not make a certainty of a large score: one such row that is wrong makes the log-loss of a whole data set infinite.
    public const float Smallest = 1f / (1 << 24), Largest = 1 - Smallest;

    private LogisticLink()
    {
    }

    public static LogisticLink Instance { get; } = new();

    /// <summary>The probability for one score, from <see cref="Smallest"/> to <see cref="Largest"/>; NaN for NaN.</summary>
    public static float Apply(float score) => Math.Clamp(1f / (1f + MathF.Exp(-score)), Smallest, Largest);

    public override void Apply(ReadOnlySpan<float> scores, Span<float> predictions)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            predictions[i] = Apply(scores[i]);
        }
    }

    public override string AddTo(IOnnxGraph graph, string scores)
    {
        string probabilities = graph.AddNode("Sigmoid", [scores]);
        return graph.AddNode("Clip", [probabilities, graph.AddConstant("Smallest", [Smallest]), graph.AddConstant("Largest", [Largest])]);
    }
}
