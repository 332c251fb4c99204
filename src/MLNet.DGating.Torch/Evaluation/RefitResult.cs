using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Holds a refitted network and its evaluation on held-out rows.</summary>
/// <param name="Shape">The layers of the network.</param>
/// <param name="State">The parameters of the network; all gates are 1.</param>
/// <param name="TrainingLoss">The mean loss of the last iteration; that of the null model where no feature is selected.</param>
/// <param name="HeldOutLosses">The loss of each held-out row.</param>
internal sealed record RefitResult(NetworkShape Shape, NetworkState State, double TrainingLoss, double[] HeldOutLosses)
{
    /// <summary>Whether numbers are encoded as piecewise linear for the network.</summary>
    public bool IsPiecewise { get; init; }

    /// <summary>The settings of the network of embeddings; null where groups share the neurons of the first hidden layer.</summary>
    public EmbeddingSettings? Embedding { get; init; }

    /// <summary>The number of networks that are joined in this one (docs/theory.md §24).</summary>
    public int Members { get; init; } = 1;

    /// <summary>The number K of neurons of each group in the first hidden layer; 0 where groups share its neurons.</summary>
    public int EmbeddingWidth => Members * (Embedding?.Width ?? 0);

    /// <summary>The number of rounds after which the network was best; all rounds where no rows are held out.</summary>
    /// <remarks><see cref="RefitRounds.Halfway"/> where it is the mean of the start and the end of the first round.</remarks>
    public double Rounds { get; init; }

    /// <summary>Whether the last round carried out was worth it, so that a further one may be.</summary>
    public bool IsImproving { get; init; }

    /// <summary>The end of the rounds of a refit of the same groups on other rows: 0 for none; null for all.</summary>
    public double? EndOfRounds => IsImproving ? null : Rounds;

    /// <summary>The scores of the held-out rows [rows, outputs].</summary>
    public float[] HeldOutScores { get; init; } = [];

    /// <summary>The bounded score of each held-out row.</summary>
    public double[] HeldOutBoundedLosses { get; init; } = [];

    /// <summary>The task's metric on the held-out rows; NaN where there are none.</summary>
    public double HeldOutMetric { get; init; } = double.NaN;

    /// <summary>The standard error of <see cref="HeldOutMetric"/>; NaN where there are no held-out rows.</summary>
    public double HeldOutMetricError { get; init; } = double.NaN;

    /// <summary>Tells whether it predicts held-out rows better than another refit, by so many standard errors of the difference.</summary>
    /// <param name="than">The other refit, evaluated on the same rows.</param>
    /// <param name="heldOut">Measures scores of these rows.</param>
    /// <param name="standardErrors">The standard errors, at least 0.</param>
    public bool IsBetterThan(RefitResult than, RowEvaluation heldOut, double standardErrors)
    {
        RowMean gain = heldOut.Gain(HeldOutBoundedLosses, than.HeldOutBoundedLosses);
        return gain.Mean > standardErrors * gain.Error;
    }

    /// <summary>Gives the result with the evaluation of its scores.</summary>
    /// <param name="heldOut">Measures scores of the held-out rows.</param>
    /// <param name="scores">The scores of these rows [rows, outputs].</param>
    public RefitResult EvaluatedBy(RowEvaluation heldOut, float[] scores) => this with
    {
        HeldOutScores = scores,
        HeldOutLosses = heldOut.PerRow(scores),
        HeldOutBoundedLosses = heldOut.BoundedPerRow(scores),
        HeldOutMetric = heldOut.Metric(scores),
        HeldOutMetricError = heldOut.MetricError(scores),
    };
}
