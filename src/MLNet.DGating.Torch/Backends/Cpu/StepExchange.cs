namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Keeps the networks of ranks together, each of which steps on a part of every batch.</summary>
internal abstract class StepExchange
{
    /// <summary>Gives the number of rows over which the losses of a step are averaged.</summary>
    /// <param name="ownRows">The rows of the part of this rank.</param>
    public abstract int RowsOfMean(int ownRows);

    /// <summary>Called between the backward pass of a step and its update.</summary>
    /// <param name="gradients">The gradients of the part of this rank, which may be replaced.</param>
    public virtual void BeforeUpdate(IReadOnlyList<CpuMatrix> gradients)
    {
    }

    /// <summary>Called after a step.</summary>
    /// <param name="network">The network, whose state may be replaced.</param>
    /// <param name="step">The number of the step in its iteration, from 0.</param>
    /// <param name="steps">The steps of the iteration.</param>
    /// <param name="gateDepth">The gate depth of the step.</param>
    public virtual void AfterStep(IAveragedNetwork network, int step, int steps, double gateDepth)
    {
    }
}
