using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The rows whose label is far from all others.</summary>
internal static class LabelOutliers
{
    private const int Shown = 5;

    /// <summary>Returns a sentence that names the rows; null where there are none.</summary>
    public static string? Describe(TableFile file, ColumnProfile label)
    {
        var shape = LabelShape.Of(label);
        if (!shape.HasOutliers)
        {
            return null;
        }

        var shown = new List<string>();
        long row = 0, found = 0;
        using TableReader reader = file.Read();
        CellFormat cells = label.Reading.Cells with { MissingNumbers = [] };
        while (reader.Read())
        {
            row++;
            double number = cells.Number(reader.Cell(label.Index));
            if ((number > shape.Highest || number < shape.Lowest) && ++found <= Shown)
            {
                shown.Add($"{Text(number)} in row {Text(row)}");
            }
        }

        string more = found > Shown ? $" and {Text(found - Shown)} more" : "";
        string range = double.IsFinite(shape.Highest) ? $"at most {Text(shape.Highest)}" : $"at least {Text(shape.Lowest)}";
        return $"'{label.Name}' has {Sentence.Count(found, "value")} far from all others, which are {range}: "
            + $"{string.Join(", ", shown)}{more}.";
    }

    private static string Text(double number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);
}
