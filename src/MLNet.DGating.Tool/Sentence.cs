namespace MLNet.DGating.Tool;

/// <summary>Foreign messages, fit to stand inside a line of ours.</summary>
internal static class Sentence
{
    /// <summary>The first line of a message, without the period at its end.</summary>
    public static string WithoutPeriod(string message) => message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', ' ');

    /// <summary>A list to read, cut where it is long.</summary>
    public static string List(IReadOnlyCollection<string> words, int shown = 8) =>
        string.Join(", ", words.Take(shown).Select(word => $"'{word}'")) + (words.Count > shown ? $" and {words.Count - shown} more" : "");

    /// <summary>"1 row", "2,000 rows".</summary>
    public static string Count(long number, string one, string? many = null) => number == 1 ? $"1 {one}" : FormattableString.Invariant($"{number:n0} {many ?? one + "s"}");
}
