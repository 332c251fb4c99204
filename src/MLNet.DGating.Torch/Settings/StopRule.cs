using System.Text.Json.Serialization;

namespace MLNet.DGating.Torch.Settings;

/// <summary>What ends a path.</summary>
[JsonDerivedType(typeof(Automatic), "automatic")]
[JsonDerivedType(typeof(AtCounts), "counts")]
[JsonDerivedType(typeof(AtLambda), "lambda")]
[JsonDerivedType(typeof(WithinBudget), "budget")]
internal abstract record StopRule
{
    /// <summary>The smallest count that predicts held-out rows as well as the best: a fit finds it out, no single run can.</summary>
    public static StopRule Open { get; } = new Automatic();

    /// <summary>One count of groups.</summary>
    public static StopRule AtCount(int count) => new AtCounts([count]);

    /// <summary>The count is chosen on held-out rows.</summary>
    internal sealed record Automatic : StopRule;

    /// <summary>The path ends at the smallest of these counts, with a snapshot at each of them.</summary>
    /// <param name="Counts">At least one; each at least 0.</param>
    internal sealed record AtCounts(int[] Counts) : StopRule;

    /// <summary>λ grows to a value and is held there, with a snapshot of what is left.</summary>
    /// <param name="Lambda">At least 0.</param>
    /// <param name="IsCertified">Whether the end is taken to a stationary point and certified.</param>
    internal sealed record AtLambda(double Lambda, bool IsCertified = false) : StopRule;

    /// <summary>The path ends where the groups that are left cost no more than this in all.</summary>
    /// <param name="Budget">Above 0.</param>
    internal sealed record WithinBudget(double Budget) : StopRule;
}
