using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes regression: a number is predicted, or several quantiles of it.</summary>
/// <param name="RegressionLoss">The loss of a row's scores and its target.</param>
internal sealed record RegressionTask(Loss RegressionLoss) : LearningTask
{
    private string _lossName = "squared error";

    /// <summary>The statistics by which labels are scaled to targets.</summary>
    public LabelScale Scale { get; init; } = LabelScale.Standardized;

    /// <summary>The number that is added to labels before their logarithm is taken; null to choose it by the labels.</summary>
    public double? LogOffset { get; init; }

    public override Loss Loss => RegressionLoss;

    public override Link Link => Scale is LabelScale.Positive or LabelScale.Logarithmic ? Link.Exponential : Link.Identity;

    public override Metric Metric =>
        RegressionLoss is SquaredLoss ? new RSquared(1, RegressionLoss.ScoreUnit) : new ExplainedLoss(RegressionLoss);

    public override string LossName => _lossName;

    public override LabelRule? LabelRule => Link == Link.Exponential
        ? new LabelRule(AllowsZero: RegressionLoss is not GammaLoss && LogOffset is not 0)
        : null;

    // The logarithm of a label's mean is a summand behind an exponential link.
    public override (double Factor, double Summand) ScoresInLabelUnits =>
        RegressionLoss is LogarithmicMeanLoss loss ? (loss.Unit, Math.Log(Targets.Deviation)) : base.ScoresInLabelUnits;

    /// <summary>The task of predicting the logarithm of a number by squared error.</summary>
    public static RegressionTask OfLogarithm { get; } =
        new(new SquaredLoss()) { Scale = LabelScale.Logarithmic, _lossName = "squared error of logarithms" };

    /// <summary>The task of predicting the median.</summary>
    public static RegressionTask Absolute { get; } =
        new(new QuantileLoss([0.5])) { Scale = LabelScale.Robust, _lossName = "absolute error" };

    /// <summary>The task of predicting the mean of a count or another number of at least 0.</summary>
    public static RegressionTask Poisson { get; } =
        new(new PoissonLoss()) { Scale = LabelScale.Positive, _lossName = "Poisson deviance" };

    /// <summary>The task of predicting the mean of a number above 0.</summary>
    public static RegressionTask Gamma { get; } = new(new GammaLoss()) { Scale = LabelScale.Positive, _lossName = "Gamma deviance" };

    /// <summary>Creates the task of predicting a number by Huber's loss.</summary>
    /// <param name="delta">δ in the label's unit, above 0; null for the default.</param>
    public static RegressionTask Huber(double? delta) =>
        new(new HuberLoss(delta ?? double.NaN)) { Scale = LabelScale.Robust, _lossName = "Huber loss" };

    /// <summary>Creates the task of predicting quantiles.</summary>
    /// <param name="levels">Their levels, ascending, each above 0 and below 1.</param>
    public static RegressionTask Quantiles(IReadOnlyList<double> levels) =>
        new(new QuantileLoss(levels)) { Scale = LabelScale.Robust, _lossName = "pinball loss" };

    public override LearningTask FittedTo(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        TargetTransform transform = Scale switch
        {
            LabelScale.Robust => TargetTransform.Robust(labels, weights),
            LabelScale.Positive => new TargetTransform(0, WeightedMean.Of(labels, weights)),
            LabelScale.Logarithmic => TargetTransform.Logarithmic(labels, weights, LogOffset),
            _ => TargetTransform.Standardize(labels, weights),
        };
        float[] targets = new float[labels.Length];
        for (int row = 0; row < targets.Length; row++)
        {
            targets[row] = transform.Apply(labels[row]);
        }

        return this with { Targets = transform, RegressionLoss = RegressionLoss.FittedTo(targets, weights, transform.Deviation) };
    }
}
