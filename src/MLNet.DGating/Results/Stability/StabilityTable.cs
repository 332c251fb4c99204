using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>Formats the result of stability selection as text.</summary>
internal static class StabilityTable
{
    private const int MaximumRows = 30;

    public static string Format(DGatingStability stability, int featureCount, double threshold)
    {
        IReadOnlyList<double> frequencies = stability.FrequenciesAt(featureCount);
        StabilityFeature[] selected =
        [
            .. stability.Features.Where(feature => frequencies[feature.Index] > 0)
                .OrderByDescending(feature => frequencies[feature.Index])
                .ThenBy(feature => feature.Index),
        ];
        StabilityFeature[] shown = selected[..Math.Min(selected.Length, MaximumRows)];
        int width = shown.Select(feature => FeatureNames.Shorten(feature.Name)).Append("Feature").Max(name => name.Length);

        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Each of {2 * stability.Pairs} runs on half of the rows selects {featureCount} of {stability.Features.Count} features.");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"Feature".PadRight(width)}  Frequency");
        foreach (StabilityFeature feature in shown)
        {
            double frequency = frequencies[feature.Index];
            string mark = frequency >= threshold ? "  stable" : "";
            string name = FeatureNames.Shorten(feature.Name).PadRight(width);
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name}  {frequency,9:f2}{mark}");
        }

        if (shown.Length < selected.Length)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"... and {selected.Length - shown.Length} more");
        }

        string basis = stability.BoundAssumesUnimodality(featureCount, threshold)
            ? "Shah and Samworth 2013, assuming a unimodal distribution"
            : "Meinshausen and Bühlmann 2010, assuming nothing of the distribution";
        int stable = frequencies.Count(value => value >= threshold);
        double bound = stability.ExpectedFalseSelections(featureCount, threshold);
        text.AppendLine(CultureInfo.InvariantCulture, $"{stable} features reach the threshold of {threshold:0.##}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Expected to do so by chance: at most {bound:0.##} ({basis}).");
        return text.ToString();
    }
}
