namespace MLNet.DGating.Fuzz.Targets;

/// <summary>The answers to an input that are as documented.</summary>
internal enum Answer
{
    /// <summary>It was read.</summary>
    Taken,

    /// <summary>It was refused, with an error of the documented kind.</summary>
    Refused,
}
