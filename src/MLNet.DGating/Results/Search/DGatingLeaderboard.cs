using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds all settings that a search tried, the chosen one first.</summary>
/// <example>
/// <code>
/// var found = mlContext.BinaryClassification.Trainers.DGating().FitBest(data, trials: 8);
/// Console.WriteLine(found.Leaderboard);
/// IDataView trials = found.Leaderboard.ToDataView(mlContext);
/// </code>
/// </example>
public sealed class DGatingLeaderboard
{
    internal DGatingLeaderboard(IReadOnlyList<DGatingTrial> trials, string metricName, string judging)
    {
        Trials = trials;
        MetricName = metricName;
        Judging = judging;
    }

    /// <summary>The settings, ordered by rank.</summary>
    public IReadOnlyList<DGatingTrial> Trials { get; }

    /// <summary>The name of <see cref="DGatingTrial.Metric"/>: "accuracy" or "R²".</summary>
    public string MetricName { get; }

    /// <summary>The explanation, in a sentence or two, of how settings were compared and which one was chosen.</summary>
    public string Judging { get; }

    /// <summary>Formats the settings as a table, with <see cref="Judging"/>.</summary>
    public override string ToString() => LeaderboardTable.Format(this);

    /// <summary>Gives the settings as data, with a column for each property of <see cref="DGatingTrial"/>.</summary>
    /// <param name="mlContext">The context to create the data view with.</param>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(Trials);
    }
}
