using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes regression, with one score: the standardized label.</summary>
/// <param name="RegressionLoss">The loss of one score and one target.</param>
internal sealed record RegressionTask(Loss RegressionLoss) : LearningTask
{
    public override Loss Loss => RegressionLoss;

    public override Link Link => Link.Identity;

    public override Metric Metric { get; } = new RSquared(1, RegressionLoss.ScoreUnit);

    public override string LossName => "squared error";

    public override LearningTask FittedTo(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) =>
        this with { Targets = TargetTransform.Standardize(labels, weights) };
}
