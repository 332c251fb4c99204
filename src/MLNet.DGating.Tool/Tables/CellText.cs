namespace MLNet.DGating.Tool.Tables;

/// <summary>The meaning of a cell's text: missing, or a Boolean.</summary>
internal static class CellText
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_missing =
        Words("NA", "N/A", "#N/A", "NaN", "null", "none", "nil", "?", "-", "--");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_missingNumbers = Words(
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "1.#INF", "-1.#INF", "1.#IND", "-1.#IND", "1.#QNAN",
        "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#N/A N/A", "<NA>", "NaT", "n.a.", "n.d.", "\\N", "(null)", "missing",
        "unknown", "undefined", "not available", "not applicable", "tbd", "error", ".", "..", "...", "---", "–", "—", "*");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_boolean =
        Words("true", "false", "yes", "no", "t", "f", "y", "n");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_positive =
        Words("true", "yes", "t", "y", "1", "+1", "positive", "pos");

    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return text.IsEmpty || s_missing.Contains(text);
    }

    /// <summary>Tells whether a word that stands for a missing value is more likely a class in a label.</summary>
    public static bool IsClass(ReadOnlySpan<char> cell) => cell.Trim() is "none" or "None" or "NONE" or "nil" or "-" or "--";

    public static bool IsBoolean(ReadOnlySpan<char> cell) => s_boolean.Contains(cell.Trim());

    /// <summary>Tells whether a cell stands for "yes" where a label has two values.</summary>
    public static bool IsPositive(ReadOnlySpan<char> cell) => s_positive.Contains(cell.Trim());

    /// <summary>Tells whether a word among numbers or dates stands for a missing one. As a category it may be a value.</summary>
    public static bool IsMissingAmongNumbers(ReadOnlySpan<char> cell) => IsMissing(cell) || s_missingNumbers.Contains(cell.Trim());

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(params string[] words) =>
        new HashSet<string>(words, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
