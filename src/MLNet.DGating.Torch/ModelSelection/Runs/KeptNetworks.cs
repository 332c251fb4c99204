namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Lists the networks that the result of a run holds. What they were evaluated to it always holds.</summary>
internal enum KeptNetworks
{
    /// <summary>All networks.</summary>
    All,

    /// <summary>Those from which refits start.</summary>
    Snapshots,

    /// <summary>None.</summary>
    None,
}
