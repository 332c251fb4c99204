using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>Formats a report as a table to read.</summary>
internal static class SelectionTable
{
    private const int MaximumRows = 30;
    private const int MaximumNameLength = 40;
    private const int MaximumLineLength = 80;

    public static string Format(FeatureSelectionReport report)
    {
        FeatureGate[] selected =
        [
            .. report.Features.Where(gate => gate.IsSelected).OrderByDescending(gate => gate.Importance).ThenBy(gate => gate.Index),
        ];
        int count = report.Features.Count;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{selected.Length} of {count} features selected from '{report.FeatureColumnName}'");
        text.AppendLine(selected.Length == 0 ? ": the model predicts a constant." : ".");

        FeatureGate[] shown = selected[..Math.Min(selected.Length, MaximumRows)];
        if (shown.Length > 0)
        {
            AppendRows(text, [["Feature", "Slots", "Importance"], .. shown.Select(Row)]);
            if (shown.Length < selected.Length)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"... and {selected.Length - shown.Length} more");
            }
        }

        foreach (FeaturePair pair in report.Pairs.Take(MaximumRows))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  Pair {pair}");
        }

        AppendDropped(text, report, count - selected.Length);
        if (report.Choice is { } choice)
        {
            text.Append(choice).AppendLine();
        }

        if (!report.IsBetterThanConstant)
        {
            text.AppendLine("Nothing here predicts the label better than a constant does.");
        }

        if (report.Certificate is { } certificate)
        {
            text.Append(certificate).AppendLine();
        }

        return text.ToString();
    }

    private static string[] Row(FeatureGate gate) =>
    [
        ShortName(gate),
        gate.Slots.Count.ToString(CultureInfo.InvariantCulture),
        gate.Importance.ToString("G4", CultureInfo.InvariantCulture),
    ];

    private static string ShortName(FeatureGate gate) =>
        gate.Name.Length <= MaximumNameLength ? gate.Name : string.Concat(gate.Name.AsSpan(0, MaximumNameLength - 3), "...");

    private static void AppendRows(StringBuilder text, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            text.Append("  ").Append(row[0].PadRight(widths[0]));
            for (int column = 1; column < row.Length; column++)
            {
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            text.AppendLine();
        }
    }

    private static void AppendDropped(StringBuilder text, FeatureSelectionReport report, int dropped)
    {
        if (dropped == 0)
        {
            return;
        }

        int constant = report.Features.Count(report.IsConstant);
        text.Append(CultureInfo.InvariantCulture, $"{dropped} dropped");
        if (constant > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {constant} of them because constant");
        }

        text.AppendLine(".");
        AppendLastToLeave(text, report);
    }

    // The next in line, were more features asked for; as many as fit into a line.
    private static void AppendLastToLeave(StringBuilder text, FeatureSelectionReport report)
    {
        var line = new StringBuilder();
        IEnumerable<FeatureGate> left = report.Features.Where(gate => !gate.IsSelected && gate.LambdaOut > 0);
        foreach (FeatureGate gate in left.OrderByDescending(gate => gate.LambdaOut))
        {
            string name = ShortName(gate);
            if (line.Length + name.Length + 3 > MaximumLineLength)
            {
                break;
            }

            line.Append(line.Length == 0 ? "Last to leave: " : ", ").Append(name);
        }

        if (line.Length > 0)
        {
            text.Append(line).AppendLine(".");
        }
    }
}
