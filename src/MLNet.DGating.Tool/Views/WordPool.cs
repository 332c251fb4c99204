namespace MLNet.DGating.Tool.Views;

/// <summary>A pool of strings: a word that repeats is made once.</summary>
internal sealed class WordPool
{
    private const int MaximumWords = 10_000;

    private readonly HashSet<string> _words = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public WordPool()
    {
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Get(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out string? known))
        {
            return known;
        }

        string made = word.ToString();
        if (_words.Count < MaximumWords)
        {
            _words.Add(made);
        }

        return made;
    }
}
