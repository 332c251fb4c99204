namespace MLNet.DGating.Modules.Gates;

/// <summary>Says which group each slice of a parameter belongs to.</summary>
/// <param name="Axis">The axis that is divided.</param>
/// <param name="GroupOf">The group of each slice along the axis; −1 for a slice that is not gated.</param>
/// <param name="Count">The number of groups.</param>
internal sealed record GroupAssignment(int Axis, int[] GroupOf, int Count)
{
    public bool CoversAll => !GroupOf.Contains(-1);
}
