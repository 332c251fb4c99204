namespace MLNet.DGating;

/// <summary>Predicts the score itself.</summary>
internal sealed class IdentityLink : InverseLink
{
    private IdentityLink()
    {
    }

    public static IdentityLink Instance { get; } = new();

    public override void Apply(ReadOnlySpan<float> scores, Span<float> predictions) => scores.CopyTo(predictions);

    public override string AddTo(IOnnxGraph graph, string scores) => scores;
}
