using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes binary classification, with one score: the logit of class 1.</summary>
internal sealed record BinaryTask : LearningTask
{
    public override Loss Loss { get; } = new LogisticLoss();

    public override Link Link => Link.Logistic;

    public override Metric Metric { get; } = new Accuracy(1, scores => scores[0] > 0 ? 1 : 0);

    public override string LossName => "log-loss";

    public override int? Classes => 2;
}
