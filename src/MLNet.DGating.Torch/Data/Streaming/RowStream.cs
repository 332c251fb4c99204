namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>More rows than are kept in memory: they can be read again and again, always the same ones in the same order.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Positions">Of each training row of the set in memory, how many rows of the stream come before it.</param>
/// <param name="Open">Begins to read from the first row.</param>
internal sealed record RowStream(long Rows, long[] Positions, Func<IRowPass> Open);
