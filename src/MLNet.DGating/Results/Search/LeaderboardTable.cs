using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>Formats leaderboards as text.</summary>
internal static class LeaderboardTable
{
    public static string Format(DGatingLeaderboard leaderboard)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"rank  rung   bounded loss ± error   {leaderboard.MetricName,8} ± error   features  seconds  settings");
        foreach (DGatingTrial trial in leaderboard.Trials)
        {
            string figures = double.IsFinite(trial.BoundedLoss)
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{trial.BoundedLoss,12:f4} ± {trial.BoundedLossStandardError:f4}   " +
                    $"{trial.Metric,8:f3} ± {trial.MetricStandardError:f3}   {trial.FeatureCount,8}")
                : "diverged".PadRight(51);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{trial.Rank,4}  {(trial.IsFinalist ? "final" : $"{trial.Rung}"),5}  {figures}  {trial.Seconds,7:f1}  {trial.Settings}");
        }

        return text.AppendLine(leaderboard.Judging).ToString();
    }
}
