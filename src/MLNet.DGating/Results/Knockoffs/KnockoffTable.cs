using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>Formats a selection by knockoffs as text.</summary>
internal static class KnockoffTable
{
    private const int MaximumRows = 30;

    public static string Format(DGatingKnockoffs knockoffs)
    {
        KnockoffFeature[] known =
        [
            .. knockoffs.Features.Where(feature => feature.IsAlwaysKept || feature.Frequency > 0 || feature.EValue > 0)
                .OrderByDescending(feature => feature.IsSelected)
                .ThenByDescending(feature => feature.EValue)
                .ThenByDescending(feature => feature.Frequency)
                .ThenBy(feature => feature.Index),
        ];
        KnockoffFeature[] shown = known[..Math.Min(known.Length, MaximumRows)];
        int width = shown.Select(feature => FeatureNames.Shorten(feature.Name)).Append("Feature").Max(name => name.Length);

        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{knockoffs.Features.Count} features against their knockoffs, drawn {knockoffs.Draws} times, " +
            $"with a false discovery rate of {knockoffs.FalseDiscoveryRate:0.###}.");
        if (shown.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {"Feature".PadRight(width)}  E-value  Frequency");
        }

        foreach (KnockoffFeature feature in shown)
        {
            string name = FeatureNames.Shorten(feature.Name).PadRight(width);
            string mark = feature.IsAlwaysKept ? "  always kept" : feature.IsSelected ? "  selected" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name}  {feature.EValue,7:f1}  {feature.Frequency,9:f2}{mark}");
        }

        if (shown.Length < known.Length)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"... and {known.Length - shown.Length} more");
        }

        text.AppendLine(knockoffs.Summary);
        return text.ToString();
    }
}
