namespace MLNet.DGating.Tool.Columns;

/// <summary>The way in which a column becomes features.</summary>
internal enum ColumnEncoding
{
    /// <summary>The number itself.</summary>
    Number,

    /// <summary>A slot for each word; the slots stay or go together.</summary>
    OneHot,

    /// <summary>Slots that words share by their hash; the slots stay or go together.</summary>
    Hash,

    /// <summary>Years, season, weekday and time of day.</summary>
    Date,

    /// <summary>A slot for each of the most frequent words and pairs of words.</summary>
    Ngrams,
}
