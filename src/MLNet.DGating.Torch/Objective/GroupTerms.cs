namespace MLNet.DGating.Torch.Objective;

/// <summary>Holds the user's options for a group.</summary>
/// <param name="Weight">The factor of the group's weight in the penalty, above 0.</param>
/// <param name="Cost">The cost of the group, above 0. Only ratios and the budget matter.</param>
/// <param name="IsKept">Whether the group always stays: it has no gate penalty and is never cut.</param>
internal readonly record struct GroupTerms(double Weight, double Cost, bool IsKept)
{
    /// <summary>The terms of a group for which no option is given.</summary>
    public static GroupTerms Ordinary { get; } = new(Weight: 1, Cost: 1, IsKept: false);
}
