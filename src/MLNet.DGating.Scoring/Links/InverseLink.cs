using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Turns a network's scores into what it predicts, here and in ONNX.</summary>
/// <remarks>It is the inverse of a generalized linear model's link. Both sides must agree, so each link has them in one file.</remarks>
internal abstract class InverseLink
{
    /// <summary>The implementation of a link.</summary>
    public static InverseLink Of(Link link) => link switch
    {
        Link.Identity => IdentityLink.Instance,
        Link.Logistic => LogisticLink.Instance,
        Link.Softmax => SoftmaxLink.Instance,
        Link.Exponential => ExponentialLink.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, "Must be Identity, Logistic, Softmax or Exponential."),
    };

    /// <summary>Computes the predictions of one row, without allocating. NaN stays NaN.</summary>
    /// <param name="scores">[outputs].</param>
    /// <param name="predictions">[outputs]; may be the same memory.</param>
    public abstract void Apply(ReadOnlySpan<float> scores, Span<float> predictions);

    /// <summary>Adds the same to a graph and returns the variable with the predictions, rows × outputs.</summary>
    /// <param name="graph">Where to add the operators.</param>
    /// <param name="scores">The variable with the scores, rows × outputs.</param>
    public abstract string AddTo(IOnnxGraph graph, string scores);
}
