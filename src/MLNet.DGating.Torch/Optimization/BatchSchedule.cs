using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>Draws the rows of each step: every pass is a new permutation of the rows, cut into batches of one size.</summary>
/// <remarks>
/// The last batch of a pass is padded with −1. An iteration is a pass within bounds: several passes where a pass has few steps, a part of
/// one where it has many. Where the rows are the pool of a stream, batch size and steps are those for all rows of the stream, and the
/// stream advances by as many rows as are drawn. Where ranks hold the rows, every batch has the same share of each rank's rows.
/// </remarks>
internal sealed class BatchSchedule
{
    private readonly ShuffledRows[] _parts;
    private readonly int[] _batch;
    private readonly RandomStream _random;
    private readonly RowPool? _pool;

    /// <param name="rows">The numbers of the training rows, at least one.</param>
    /// <param name="batchSize">The rows of a batch, at least 1; null for a size that grows with the data.</param>
    /// <param name="maximumSteps">The most steps of an iteration.</param>
    /// <param name="random">Draws the permutations.</param>
    /// <param name="pool">Replaces the rows by others of a stream; null where no rows are replaced.</param>
    /// <param name="shards">Tells which rank holds each row; null where this process holds all.</param>
    public BatchSchedule(
        ReadOnlySpan<int> rows, int? batchSize, int maximumSteps, RandomStream random, RowPool? pool = null, RowShards? shards = null)
    {
        _random = random;
        _pool = pool;
        Rows = pool?.Rows ?? rows.Length;
        int wanted = Math.Min(SizeFor(Rows, batchSize), rows.Length);
        int stepsOfOrder = (rows.Length + wanted - 1) / wanted;
        // Rows are spread evenly over the steps of a pass, so that at most a few are padding.
        int[][] parts = shards?.ByRank(rows) ?? [rows.ToArray()];
        _parts = Array.ConvertAll(parts, part => new ShuffledRows(part, (part.Length + stepsOfOrder - 1) / stepsOfOrder));
        _batch = new int[_parts.Sum(part => part.RowsOfBatch)];
        long stepsOfPass = (Rows + _batch.Length - 1) / _batch.Length;
        StepsPerIteration = (int)Math.Min(Math.Max(stepsOfPass, DGatingDefaults.MinimumStepsPerIteration), maximumSteps);
    }

    /// <summary>The number of training rows, or of all rows of the stream that they are the pool of.</summary>
    public long Rows { get; }

    public int BatchRows => _batch.Length;

    public int StepsPerIteration { get; }

    /// <summary>Draws the next batch.</summary>
    /// <param name="real">How many of its rows are not padding.</param>
    public ReadOnlySpan<int> Next(out int real)
    {
        if (Array.TrueForAll(_parts, part => part.IsDone))
        {
            Array.ForEach(_parts, part => part.Shuffle(_random));
        }

        real = 0;
        Span<int> rest = _batch;
        foreach (ShuffledRows part in _parts)
        {
            real += part.Deal(rest[..part.RowsOfBatch]);
            rest = rest[part.RowsOfBatch..];
        }

        _pool?.Advance(real);
        return _batch;
    }

    /// <summary>Draws the batches of an iteration, one after the other.</summary>
    /// <param name="real">How many of their rows are not padding.</param>
    public int[] NextIteration(out int real)
    {
        int[] rows = new int[StepsPerIteration * BatchRows];
        real = 0;
        for (int i = 0; i < StepsPerIteration; i++)
        {
            Next(out int ofBatch).CopyTo(rows.AsSpan(i * BatchRows));
            real += ofBatch;
        }

        return rows;
    }

    /// <summary>Gives the number of rows of a batch, but for the rounding that spreads rows evenly.</summary>
    /// <param name="rows">The number of training rows, of a whole stream where they are one.</param>
    /// <param name="batchSize">The rows that are asked for; null for a size that grows with the data.</param>
    public static int SizeFor(long rows, int? batchSize) => (int)Math.Min(rows, batchSize ?? Math.Clamp(
        rows / DGatingDefaults.StepsBeforeBatchGrows, DGatingDefaults.SmallestBatch, DGatingDefaults.LargestBatch));
}
