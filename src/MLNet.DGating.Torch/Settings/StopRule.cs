using System.Text.Json.Serialization;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Represents what ends a path.</summary>
[JsonDerivedType(typeof(Automatic), "automatic")]
[JsonDerivedType(typeof(AtCounts), "counts")]
[JsonDerivedType(typeof(AtLambda), "lambda")]
[JsonDerivedType(typeof(WithinBudget), "budget")]
internal abstract record StopRule
{
    /// <summary>The rule of an open count, which a fit chooses on held-out rows; a single run cannot.</summary>
    public static StopRule Open { get; } = new Automatic();

    /// <summary>Creates the rule that ends a path at one count of groups.</summary>
    public static StopRule AtCount(int count) => new AtCounts([count]);

    /// <summary>Leaves the count open; it is chosen on held-out rows.</summary>
    internal sealed record Automatic : StopRule;

    /// <summary>Ends the path at the smallest of some counts, with a snapshot at each of them.</summary>
    /// <param name="Counts">The counts, at least one; each at least 0.</param>
    internal sealed record AtCounts(int[] Counts) : StopRule;

    /// <summary>Ends the path after λ has grown to a value and was held there, with one snapshot.</summary>
    /// <param name="Lambda">The last λ, at least 0.</param>
    /// <param name="IsCertified">Whether the end is taken to a stationary point and certified.</param>
    internal sealed record AtLambda(double Lambda, bool IsCertified = false) : StopRule;

    /// <summary>Ends the path when the active groups cost no more than a budget, with one snapshot.</summary>
    /// <param name="Budget">The budget, above 0.</param>
    internal sealed record WithinBudget(double Budget) : StopRule;
}
