namespace MLNet.DGating;

/// <summary>Versions of what a saved model holds, the same for the models of all tasks.</summary>
/// <remarks>Every one can be read; a frozen model of each is among the tests.</remarks>
internal static class FormatVersion
{
    public const uint Initial = 0x00010001;

    /// <summary>Adds a metric at every point of the path, and selection frequencies and a certificate in the report.</summary>
    public const uint WithEvidence = 0x00010002;

    /// <summary>Adds to the report how the number of features was chosen, and whether the model is better than a constant.</summary>
    public const uint WithChoice = 0x00010003;

    /// <summary>Adds encodings with several columns for a slot, the link of a regression, and the levels of quantiles.</summary>
    public const uint WithEncodings = 0x00010004;

    /// <summary>Adds a checksum (<see cref="ModelBody"/>), and what missing values are scored as.</summary>
    public const uint WithMissingValues = 0x00010005;

    public const uint Current = WithMissingValues;
}
