namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Names what a path records in addition to its points and snapshots.</summary>
[Flags]
internal enum PathRecords
{
    None = 0,

    /// <summary>The norms of all groups at every point.</summary>
    Norms = 1,

    /// <summary>The gates of all groups after every iteration.</summary>
    Gates = 2,
}
