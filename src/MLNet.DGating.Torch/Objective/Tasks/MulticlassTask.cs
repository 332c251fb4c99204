using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes multiclass classification, with one score for each class.</summary>
/// <param name="ClassCount">The number of classes, at least 2.</param>
internal sealed record MulticlassTask(int ClassCount) : LearningTask
{
    public override Loss Loss { get; } = new SoftmaxLoss(ClassCount);

    public override Link Link => Link.Softmax;

    public override Metric Metric { get; } = new Accuracy(ClassCount, scores => TensorPrimitives.IndexOfMax(scores));

    public override string LossName => "log-loss";

    public override int? Classes => ClassCount;
}
