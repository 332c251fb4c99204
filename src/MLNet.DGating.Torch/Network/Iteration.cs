namespace MLNet.DGating.Torch.Network;

/// <summary>Describes one iteration completely, so that a device needs nothing from the host during it.</summary>
/// <param name="Rows">The row numbers of one batch after the other; −1 is padding.</param>
/// <param name="Step">The settings that all steps have in common.</param>
/// <param name="LearningRates">The step size η of each step.</param>
internal sealed record Iteration(int[] Rows, StepSettings Step, float[] LearningRates)
{
    public int Steps => LearningRates.Length;

    /// <summary>The number of rows of a batch.</summary>
    public int BatchRows => Rows.Length / Steps;

    /// <summary>Gives the row numbers of a step's batch.</summary>
    public ReadOnlySpan<int> Batch(int step) => Rows.AsSpan(step * BatchRows, BatchRows);
}
