using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Reconstruction: the standardized slots of a row are predicted from some of them. There is no label.</summary>
/// <param name="Slots">Slots of a row.</param>
internal sealed record ReconstructionTask(int Slots) : LearningTask
{
    private readonly ReconstructionLoss _loss = new(Slots);

    public override Loss Loss => _loss;

    public override Link Link => Link.Identity;

    public override Metric Metric => new RSquared(Slots, _loss.ScoreUnit);

    public override string LossName => "squared error";
}
