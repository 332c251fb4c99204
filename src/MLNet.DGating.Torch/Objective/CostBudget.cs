namespace MLNet.DGating.Torch.Objective;

/// <summary>What costs may add up to.</summary>
internal static class CostBudget
{
    /// <summary>0.1 + 0.2 is within a budget of 0.3.</summary>
    private const double Rounding = 1e-9;

    public static bool PaysFor(double budget, double cost) => cost <= budget * (1 + Rounding);
}
