using System.Globalization;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The meaning of a cell's text: missing, a Boolean, a number or a date.</summary>
/// <remarks>Numbers and dates are read as ML.NET reads them, so that the pipeline sees what was inferred.</remarks>
internal static class CellText
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_missing =
        Words("NA", "N/A", "#N/A", "NaN", "null", "none", "nil", "?", "-", "--");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_boolean =
        Words("true", "false", "yes", "no", "t", "f", "y", "n");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_positive =
        Words("true", "yes", "t", "y", "1", "+1", "positive", "pos");

    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return text.IsEmpty || s_missing.Contains(text);
    }

    public static bool IsBoolean(ReadOnlySpan<char> cell) => s_boolean.Contains(cell.Trim());

    /// <summary>Tells whether a cell stands for "yes" where a label has two values.</summary>
    public static bool IsPositive(ReadOnlySpan<char> cell) => s_positive.Contains(cell.Trim());

    public static bool TryNumber(ReadOnlySpan<char> cell, out float number) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>Tells whether a cell is a date, alone or with a time.</summary>
    /// <remarks>It needs eight characters, among them a digit and a separator, so that "5.10" and "May" are none.</remarks>
    public static bool IsDate(ReadOnlySpan<char> cell) =>
        cell.Length >= 8 && cell.ContainsAnyInRange('0', '9') && cell.ContainsAny("-/. ")
        && DateTime.TryParse(cell, CultureInfo.InvariantCulture, out _);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(params string[] words) =>
        new HashSet<string>(words, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
