using System.Globalization;

namespace MLNet.DGating;

/// <summary>Describes how a number of features was chosen on held-out rows, and how sure the choice is.</summary>
public sealed record FeatureCountChoice
{
    /// <summary>The number of rows that were held out, each once.</summary>
    public required int HeldOutRows { get; init; }

    /// <summary>The number of folds; 1 where a single part of the rows was held out.</summary>
    /// <remarks>Folds decide where a single part is small, or does not decide.</remarks>
    public required int Folds { get; init; }

    /// <summary>The share of bootstrap samples of the held-out rows that choose about the same number, from 0 to 1.</summary>
    /// <remarks>About the same is the same candidate, or the next larger or smaller one (docs/theory.md §13).</remarks>
    public required double Agreement { get; init; }

    /// <summary>Explains the choice in one sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Number of features chosen on {HeldOutRows} held-out rows{(Folds > 1 ? $" ({Folds} folds)" : "")}; " +
        $"{100 * Agreement:f0} % of their bootstrap samples choose about the same.");
}
