namespace MLNet.DGating.Distributed.Runs;

/// <summary>Names how a piece of work ended.</summary>
internal enum OutcomeKind : byte
{
    /// <summary>With a result.</summary>
    Result,

    /// <summary>With an error.</summary>
    Error,

    /// <summary>With training that diverged, which a search counts as a bad result.</summary>
    Divergence,
}
