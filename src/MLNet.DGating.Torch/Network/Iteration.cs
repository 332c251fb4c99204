namespace MLNet.DGating.Torch.Network;

/// <summary>What one iteration does, known before it begins: so a device needs nothing from the host while it lasts.</summary>
/// <param name="Rows">The rows of one batch after the other, −1 being padding.</param>
/// <param name="Step">What its steps have in common.</param>
/// <param name="LearningRates">η of each step.</param>
internal sealed record Iteration(int[] Rows, StepSettings Step, float[] LearningRates)
{
    public int Steps => LearningRates.Length;

    /// <summary>Rows of a step.</summary>
    public int BatchRows => Rows.Length / Steps;

    public ReadOnlySpan<int> Batch(int step) => Rows.AsSpan(step * BatchRows, BatchRows);
}
