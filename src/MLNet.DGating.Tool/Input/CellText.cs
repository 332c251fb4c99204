using System.Globalization;

namespace MLNet.DGating.Tool.Input;

/// <summary>What the text of a cell can mean. Numbers and dates are read as ML.NET reads them, so that the pipeline sees what was inferred.</summary>
internal static class CellText
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _missing =
        Words("NA", "N/A", "#N/A", "NaN", "null", "none", "nil", "?", "-", "--");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _boolean =
        Words("true", "false", "yes", "no", "t", "f", "y", "n");

    /// <summary>Words that stand for "yes" where a label has two.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _positive =
        Words("true", "yes", "t", "y", "1", "+1", "positive", "pos");

    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return text.IsEmpty || _missing.Contains(text);
    }

    public static bool IsBoolean(ReadOnlySpan<char> cell) => _boolean.Contains(cell.Trim());

    public static bool IsPositive(ReadOnlySpan<char> cell) => _positive.Contains(cell.Trim());

    public static bool TryNumber(ReadOnlySpan<char> cell, out float number) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>A date, alone or with a time. It needs a year or two separators: "5.10" and "May" are none.</summary>
    public static bool IsDate(ReadOnlySpan<char> cell) =>
        cell.Length >= 8 && cell.ContainsAnyInRange('0', '9') && cell.ContainsAny("-/. ") && DateTime.TryParse(cell, CultureInfo.InvariantCulture, out _);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(params string[] words) =>
        new HashSet<string>(words, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
