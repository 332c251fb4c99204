using System.Globalization;
using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Columns;

/// <summary>How the cells of a column are read.</summary>
internal sealed record CellFormat
{
    public static CellFormat Plain { get; } = new();

    /// <summary>How numbers are written.</summary>
    public NumberStyle Numbers { get; init; }

    /// <summary>The order of the parts of dates.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>The words that stand for a missing number or date, beside those that always do.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];

    /// <summary>The numbers that stand for a missing one, such as 9999.</summary>
    public IReadOnlyList<double> MissingNumbers { get; init; } = [];

    /// <summary>The smallest number that counts; null: none is too small.</summary>
    public double? Lowest { get; init; }

    /// <summary>The largest number that counts; null: none is too large.</summary>
    public double? Highest { get; init; }

    /// <summary>Whether single precision is not enough, so that numbers are read in double and centred first.</summary>
    public bool IsDouble { get; init; }

    /// <summary>Whether every number as programs write it counts.</summary>
    [JsonIgnore]
    public bool IsPlain => Numbers == NumberStyle.Plain && MissingNumbers.Count == 0 && Lowest is null && Highest is null;

    /// <summary>Reads a number; NaN where it is missing, or none.</summary>
    public double Number(ReadOnlySpan<char> cell) =>
        NumberText.TryParse(cell, Numbers, out double number) && !MissingNumbers.Contains(number) && !(number < Lowest || number > Highest)
            ? number
            : double.NaN;

    /// <summary>Reads a number in single precision; NaN where it is missing, none, or beyond single precision.</summary>
    public float Single(ReadOnlySpan<char> cell)
    {
        // A plain number is rounded once, as ML.NET's own reader does.
        float number = IsPlain && float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float plain)
            ? plain
            : (float)Number(cell);
        return float.IsFinite(number) ? number : float.NaN;
    }

    /// <summary>Tells whether a cell is known to be no number or date.</summary>
    public bool IsMissing(ReadOnlySpan<char> cell)
    {
        if (CellText.IsMissingAmongNumbers(cell))
        {
            return true;
        }

        ReadOnlySpan<char> text = cell.Trim();
        foreach (string word in MissingWords)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return NumberText.TryParse(cell, Numbers, out double number) && MissingNumbers.Contains(number);
    }

    /// <summary>Returns the text of a date as ML.NET reads it; nothing where there is no date.</summary>
    public string Date(ReadOnlySpan<char> cell) =>
        DateText.TryParse(cell.Trim(), Dates, out DateTime date) || DateText.TryParseCompact(cell.Trim(), out date)
            ? DateText.Text(date)
            : "";
}
