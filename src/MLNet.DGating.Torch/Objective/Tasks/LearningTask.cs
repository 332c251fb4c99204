using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>What is learned: the loss, how labels become targets, what scores mean, and the figures a model is judged by.</summary>
internal abstract record LearningTask
{
    /// <summary>Two classes, 0 and 1.</summary>
    public static LearningTask Binary { get; } = new BinaryTask();

    /// <summary>So many classes, 0, 1, …</summary>
    public static LearningTask Multiclass(int classes) => new MulticlassTask(classes);

    /// <summary>A number, by squared error.</summary>
    public static LearningTask Regression { get; } = new RegressionTask(new SquaredLoss());

    /// <summary>All slots of a row, standardized, from some of them.</summary>
    public static LearningTask Reconstruction(int slots) => new ReconstructionTask(slots);

    /// <summary>What the network is trained for.</summary>
    public abstract Loss Loss { get; }

    /// <summary>The function from scores to predictions.</summary>
    public abstract Link Link { get; }

    /// <summary>The figure that users know a model's quality by.</summary>
    public abstract Metric Metric { get; }

    /// <summary>What the loss is called where users read it, with its unit.</summary>
    public abstract string LossName { get; }

    /// <summary>How many classes there are; null where numbers are predicted. Rows are split class by class where there are any.</summary>
    public virtual int? Classes => null;

    /// <summary>From labels to targets.</summary>
    public TargetTransform Targets { get; init; } = TargetTransform.Identity;

    /// <summary>The task with its targets fitted to the labels of the training rows.</summary>
    /// <param name="labels">[rows].</param>
    /// <param name="weights">[rows]; empty where all are 1.</param>
    public virtual LearningTask FittedTo(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) => this;

    /// <summary>A loss of the network as users know it: log-loss in nats, or squared error in the label's unit.</summary>
    public double ToReportedLoss(double loss) => Loss.ReportedFactor * loss * Targets.Deviation * Targets.Deviation;
}
