namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>Describes rows that do not fit in memory and can be read repeatedly, always in the same order.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Positions">The position in the stream of each training row in memory, from 0.</param>
/// <param name="Open">Begins a new pass from the first row.</param>
internal sealed record RowStream(long Rows, long[] Positions, Func<IRowPass> Open);
