namespace MLNet.DGating.Torch.Objective;

/// <summary>What the user said of a group; its size is the data's.</summary>
/// <param name="Weight">Multiplies the group's weight in the penalty; above 0.</param>
/// <param name="Cost">What having the group costs, above 0; only ratios and the budget matter.</param>
/// <param name="IsKept">Whether it stays whatever happens: no gate penalty, never cut.</param>
internal readonly record struct GroupTerms(double Weight, double Cost, bool IsKept)
{
    public static GroupTerms Ordinary { get; } = new(Weight: 1, Cost: 1, IsKept: false);
}
