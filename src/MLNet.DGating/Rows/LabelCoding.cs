using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating;

/// <summary>How labels become targets of the network: its loss, and for numbers the scale that makes λ independent of the label's unit.</summary>
/// <param name="Loss">What the network is trained for.</param>
/// <param name="Mean">Subtracted from a label.</param>
/// <param name="Deviation">Divides it then.</param>
internal sealed record LabelCoding(Loss Loss, double Mean = 0, double Deviation = 1)
{
    public static LabelCoding Binary { get; } = new(new LogisticLoss());

    public static LabelCoding Number { get; } = new(new SquaredLoss());

    public static LabelCoding Classes(int count) => new(new SoftmaxLoss(count));

    /// <summary>A row is to be rebuilt from some of its slots: there is no label, the slots are standardized.</summary>
    public static LabelCoding Slots(int count) => new(new ReconstructionLoss(count));

    public bool IsNumber => Loss is SquaredLoss or ReconstructionLoss;

    /// <summary>What the network is to predict of a row with this label.</summary>
    public float TargetOf(float label) => IsNumber ? (float)((label - Mean) / Deviation) : label;

    /// <summary>A loss of the network as users know it: squared error in the label's unit (of standardized slots, their mean), or log-loss in nats.</summary>
    public double ToLabelUnits(double loss) => IsNumber ? 2 * loss * Deviation * Deviation : loss;
}
