namespace MLNet.DGating.Tool.Text;

/// <summary>A suggestion for a word that is not known.</summary>
internal static class Suggestion
{
    private const int MaximumShown = 12;

    /// <summary>Returns " (did you mean 'income'?)", or the known words where none is similar.</summary>
    public static string For(string word, IReadOnlyCollection<string> words)
    {
        string? nearest = words.MinBy(other => Distance(word.ToLowerInvariant(), other.ToLowerInvariant()));
        return nearest is not null && IsNear(word, nearest)
            ? $" (did you mean '{nearest}'?)"
            : $"; there are {Sentence.List(words, MaximumShown)}";
    }

    private static bool IsNear(string word, string other) =>
        Distance(word.ToLowerInvariant(), other.ToLowerInvariant()) <= (Math.Max(word.Length, other.Length) + 2) / 3
        || (word.Length > 2 && other.Contains(word, StringComparison.OrdinalIgnoreCase));

    // The edit distance (Levenshtein) counts the insertions, deletions and replacements that make one word of the other.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[to.Length];
    }
}
