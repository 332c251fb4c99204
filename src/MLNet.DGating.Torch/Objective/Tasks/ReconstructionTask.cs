using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes reconstruction: the standardized slots of a row are predicted from some of them, without a label.</summary>
/// <param name="Slots">The number of slots of a row, at least 1.</param>
internal sealed record ReconstructionTask(int Slots) : LearningTask
{
    private readonly ReconstructionLoss _loss = new(Slots);

    public override Loss Loss => _loss;

    public override Link Link => Link.Identity;

    public override Metric Metric => new RSquared(Slots, _loss.ScoreUnit);

    // Nothing reads the rebuilt slots: the scores stay as they are.
    public override (double Factor, double Summand) ScoresInLabelUnits => (1, 0);

    public override string LossName => "squared error";
}
