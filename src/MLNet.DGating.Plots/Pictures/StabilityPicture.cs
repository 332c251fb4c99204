using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Pictures;

/// <summary>The chart of stability selection.</summary>
internal static class StabilityPicture
{
    public static BarChart Frequencies(DGatingStability stability, int featureCount, double threshold)
    {
        IReadOnlyList<double> frequencies = stability.FrequenciesAt(featureCount);
        int stable = frequencies.Count(frequency => frequency >= threshold);
        string limit = NumberText.Short(threshold);
        string bound = NumberText.Value(stability.ExpectedFalseSelections(featureCount, threshold));
        string basis = stability.BoundAssumesUnimodality(featureCount, threshold)
            ? "Shah and Samworth 2013, assuming a unimodal distribution"
            : "Meinshausen and Bühlmann 2010";
        return new BarChart
        {
            Title = $"Stability: {stable} of {frequencies.Count} features are stable",
            Subtitle = $"How many of {2 * stability.Pairs} runs, each on half of the rows, select a feature among their {featureCount}. "
                + $"Expected to reach {limit} by chance: at most {bound} ({basis}).",
            ValueTitle = "selection frequency",
            Maximum = 1,
            Threshold = new ChartMarker(threshold, $"threshold {limit}"),
            Bars = [.. stability.Features.Select(feature => new Bar(
                feature.Name, frequencies[feature.Index], frequencies[feature.Index] >= threshold))],
        };
    }
}
