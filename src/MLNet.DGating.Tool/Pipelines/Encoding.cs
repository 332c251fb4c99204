namespace MLNet.DGating.Tool.Pipelines;

/// <summary>How a column becomes features.</summary>
internal enum Encoding
{
    /// <summary>The number itself.</summary>
    Number,

    /// <summary>A slot for each word, which stay or go together.</summary>
    OneHot,

    /// <summary>Slots that words share by their hash, which stay or go together.</summary>
    Hash,

    /// <summary>Years, season, weekday and time of day.</summary>
    Date,

    /// <summary>A slot for each of the most frequent words and pairs of words.</summary>
    Ngrams,
}
