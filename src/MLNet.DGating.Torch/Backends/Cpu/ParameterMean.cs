using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Replaces what ranks have trained by its mean over them, after some steps of each on its own rows alone.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="share">The share of the training rows that this rank holds, its weight in the mean.</param>
/// <param name="interval">The number of steps between means, at least 1; the end of an iteration ends an interval.</param>
internal sealed class ParameterMean(IRanks ranks, float share, int interval) : StepExchange
{
    private readonly MatrixMessage _message = new(ranks);

    public override int RowsOfMean(int ownRows) => ownRows;

    public override void AfterStep(IAveragedNetwork network, int step, int steps, double gateDepth)
    {
        if ((step + 1) % interval == 0 || step + 1 == steps)
        {
            _message.Sum([.. network.Trained], share);
            network.Renew(gateDepth);
        }
    }
}
