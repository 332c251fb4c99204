using System.Globalization;
using System.Text;

namespace MLNet.DGating.Modules;

/// <summary>Tells how much of a network is left: groups, parameters and operations.</summary>
/// <remarks>
/// Operations are those of convolutions, linear layers and <see cref="SelfAttention"/>. What is living is read off once: a compaction may
/// find that filters without living inputs are dead as well, and remove more.
/// </remarks>
public sealed record SparsityReport
{
    internal SparsityReport()
    {
    }

    /// <summary>The groups of each gated parameter.</summary>
    public required IReadOnlyList<GatedGroups> Groups { get; init; }

    /// <summary>The number of the module's parameters as it is.</summary>
    public required long Parameters { get; init; }

    /// <summary>The operations for one input as it is, two for a product and a sum; NaN without an input shape.</summary>
    public required double Flops { get; init; }

    /// <summary>The number of parameters that a compaction would leave; the same as it is without a wiring.</summary>
    public required long LivingParameters { get; init; }

    /// <summary>The operations that a compaction would leave.</summary>
    public required double LivingFlops { get; init; }

    /// <summary>The number of groups that are left, over all gated parameters.</summary>
    public int AliveGroups => Groups.Sum(groups => groups.Alive);

    /// <summary>Writes a table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int width = Groups.Select(groups => groups.Name.Length).DefaultIfEmpty(0).Max();
        foreach (GatedGroups groups in Groups)
        {
            double imbalance = groups.Imbalances.Select(Math.Abs).DefaultIfEmpty(0).Max();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{groups.Name.PadRight(width)}  D = {groups.Depth:g3}  {groups.Alive,4} of {groups.Count,4} groups  "
                + $"largest norm {groups.Norms.Max():g3}, imbalance at most {imbalance:g2}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{LivingParameters:n0} of {Parameters:n0} parameters");
        if (double.IsFinite(Flops))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{LivingFlops:n0} of {Flops:n0} operations for an input");
        }

        return text.ToString();
    }
}
