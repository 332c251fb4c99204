using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes a learning task: its loss, its metric, the targets of labels, and the predictions of scores.</summary>
internal abstract record LearningTask
{
    /// <summary>The task of predicting one of two classes, 0 and 1.</summary>
    public static LearningTask Binary { get; } = new BinaryTask();

    /// <summary>Creates the task of predicting one of several classes, 0, 1, ….</summary>
    public static LearningTask Multiclass(int classes) => new MulticlassTask(classes);

    /// <summary>The task of predicting a number by squared error.</summary>
    public static LearningTask Regression { get; } = new RegressionTask(new SquaredLoss());

    /// <summary>Creates the task of rebuilding all standardized slots of a row from some of them.</summary>
    public static LearningTask Reconstruction(int slots) => new ReconstructionTask(slots);

    /// <summary>The loss that the network is trained for.</summary>
    public abstract Loss Loss { get; }

    /// <summary>The function from scores to predictions.</summary>
    public abstract Link Link { get; }

    /// <summary>The metric by which users know the quality of a model.</summary>
    public abstract Metric Metric { get; }

    /// <summary>The name of the loss where users read it.</summary>
    public abstract string LossName { get; }

    /// <summary>The number of classes, by which rows are split; null where numbers are predicted.</summary>
    public virtual int? Classes => null;

    /// <summary>The transform from labels to targets.</summary>
    public TargetTransform Targets { get; init; } = TargetTransform.Identity;

    /// <summary>Gives the task with its targets fitted to the labels of the training rows.</summary>
    /// <param name="labels">The labels [rows].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public virtual LearningTask FittedTo(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) => this;

    /// <summary>The rule that labels must fulfil; null where every number is one.</summary>
    public virtual LabelRule? LabelRule => null;

    /// <summary>The factor and the summand of scores with which the link makes predictions in the label's unit.</summary>
    public virtual (double Factor, double Summand) ScoresInLabelUnits => (Targets.Deviation / Loss.ScoreUnit, Targets.Mean);

    /// <summary>Converts a loss to what users read: log-loss in nats, or squared error in the label's unit.</summary>
    public double ToReportedLoss(double loss)
    {
        double reported = Loss.ReportedFactor * loss;
        for (int power = 0; power < Loss.UnitPower; power++)
        {
            reported *= Targets.Deviation;
        }

        return reported;
    }
}
