namespace MLNet.DGating.Plots;

/// <summary>Holds the results of one method in a chart of cost against quality.</summary>
/// <param name="Name">The method.</param>
/// <param name="Points">The cost or saving of each result, and its quality.</param>
public sealed record TradeOffSeries(string Name, IReadOnlyList<(double Cost, double Quality)> Points);
