using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>A report as text.</summary>
internal static class SelectionTable
{
    private const int MaximumRows = 30;
    private const int MaximumNameLength = 40;

    public static string Format(FeatureSelectionReport report)
    {
        FeatureGate[] selected = [.. report.Features.Where(gate => gate.IsSelected).OrderByDescending(gate => gate.Importance).ThenBy(gate => gate.Index)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{selected.Length} of {report.Features.Count} features selected from '{report.FeatureColumnName}'");
        text.AppendLine(selected.Length == 0 ? ": the model predicts a constant." : ".");

        FeatureGate[] shown = selected[..Math.Min(selected.Length, MaximumRows)];
        if (shown.Length > 0)
        {
            AppendRows(text, [["Feature", "Slots", "Importance", "Leaves at"], .. shown.Select(Row)]);
            if (shown.Length < selected.Length)
                text.AppendLine(CultureInfo.InvariantCulture, $"... and {selected.Length - shown.Length} more");
        }

        AppendDropped(text, report, report.Features.Count - selected.Length);
        return text.ToString();
    }

    private static string[] Row(FeatureGate gate) =>
    [
        gate.Name.Length <= MaximumNameLength ? gate.Name : string.Concat(gate.Name.AsSpan(0, MaximumNameLength - 3), "..."),
        gate.Slots.Count.ToString(CultureInfo.InvariantCulture),
        gate.Importance.ToString("G4", CultureInfo.InvariantCulture),
        double.IsPositiveInfinity(gate.LambdaOut) ? "never" : gate.LambdaOut.ToString("G4", CultureInfo.InvariantCulture),
    ];

    private static void AppendRows(StringBuilder text, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            text.Append("  ").Append(row[0].PadRight(widths[0]));
            for (int column = 1; column < row.Length; column++)
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            text.AppendLine();
        }
    }

    private static void AppendDropped(StringBuilder text, FeatureSelectionReport report, int dropped)
    {
        if (dropped == 0)
            return;
        int constant = report.Features.Count(report.IsConstant);
        text.Append(CultureInfo.InvariantCulture, $"{dropped} dropped");
        if (constant > 0)
            text.Append(CultureInfo.InvariantCulture, $", {constant} of them because constant");
        text.AppendLine(".");
    }
}
