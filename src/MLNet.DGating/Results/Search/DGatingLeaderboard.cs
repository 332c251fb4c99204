using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>All settings that a search tried, the one taken first.</summary>
public sealed class DGatingLeaderboard
{
    internal DGatingLeaderboard(IReadOnlyList<DGatingTrial> trials, string metricName, string judging)
    {
        Trials = trials;
        MetricName = metricName;
        Judging = judging;
    }

    /// <summary>The settings, by rank.</summary>
    public IReadOnlyList<DGatingTrial> Trials { get; }

    /// <summary>What <see cref="DGatingTrial.Metric"/> is: "accuracy" or "R²".</summary>
    public string MetricName { get; }

    /// <summary>On which rows settings were compared, and what was taken, in a sentence or two.</summary>
    public string Judging { get; }

    /// <summary>The settings as a table, and how they were judged.</summary>
    public override string ToString() => LeaderboardTable.Format(this);

    /// <summary>The settings as data, a column for each property of <see cref="DGatingTrial"/>.</summary>
    /// <param name="mlContext">The context to create the data view with.</param>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(Trials);
    }
}
