namespace MLNet.DGating;

/// <summary>Holds the numbers by which a category is encoded.</summary>
internal sealed class TargetMeans
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;

    /// <param name="words">The values of the category.</param>
    /// <param name="priors">The numbers of other values [width].</param>
    /// <param name="means">The numbers of each value [values, width].</param>
    /// <param name="names">The names of the slots; none where there is one.</param>
    public TargetMeans(string[] words, float[] priors, float[] means, string[] names)
    {
        (Words, Priors, Means, Names) = (words, priors, means, names);
        _numbers = words.Index().ToDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string[] Words { get; }

    public float[] Priors { get; }

    public float[] Means { get; }

    public string[] Names { get; }

    public int Width => Priors.Length;

    /// <summary>The numbers of the rows that it was fitted on; null once it is saved and loaded.</summary>
    public FoldedMeans? Folded { get; init; }

    /// <summary>Gives the numbers of a value [width].</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<char> word) =>
        _numbers.TryGetValue(word, out int number) ? Means.AsSpan(number * Width, Width) : Priors;

    /// <summary>Gives the numbers of a value in a training row of a fold [width].</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<char> word, FoldedMeans folded, int fold) =>
        _numbers.TryGetValue(word, out int number)
            ? folded.Values.AsSpan((number * folded.Folds + fold) * Width, Width)
            : Priors;
}
