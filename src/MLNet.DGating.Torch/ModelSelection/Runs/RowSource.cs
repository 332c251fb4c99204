namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Tells what a run trains on where the rows in memory are a sample of a stream. Else all values mean the same.</summary>
internal enum RowSource
{
    /// <summary>All rows: they stream through a pool that is a copy of the run's rows in memory.</summary>
    Stream,

    /// <summary>All rows: they stream through the rows in memory themselves, so that no later run may read those.</summary>
    StreamInPlace,

    /// <summary>The rows in memory alone, which are enough for some choices.</summary>
    Sample,
}
