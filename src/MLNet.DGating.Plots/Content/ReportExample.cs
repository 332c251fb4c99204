namespace MLNet.DGating.Plots;

/// <summary>A row whose prediction is explained.</summary>
public sealed class ReportExample
{
    /// <summary>Which row it is, and why it is shown: "The surest 'yes': row 12".</summary>
    public required string Title { get; init; }

    /// <summary>What was predicted, and what was true.</summary>
    public required string Outcome { get; init; }

    /// <summary>The columns that add most to the score, with their values.</summary>
    public required IReadOnlyList<(string Column, string Value, double Contribution)> Contributions { get; init; }
}
