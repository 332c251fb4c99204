namespace MLNet.DGating.Torch.Objective;

/// <summary>Compares costs with a budget.</summary>
internal static class CostBudget
{
    /// <summary>The relative rounding error that is allowed, so that 0.1 + 0.2 is within a budget of 0.3.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Tells whether a cost is within a budget.</summary>
    public static bool PaysFor(double budget, double cost) => cost <= budget * (1 + Rounding);
}
