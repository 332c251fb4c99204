using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>Draws the rows of each step: every pass is a new permutation of the rows, cut into batches of one size.</summary>
/// <remarks>
/// The last batch of a pass is padded with −1. An iteration is a pass within bounds: several passes where a pass has few steps, a part of
/// one where it has many. Where the rows are the pool of a stream, batch size and steps are those for all rows of the stream, and the
/// stream advances by as many rows as are drawn.
/// </remarks>
internal sealed class BatchSchedule
{
    private readonly int[] _order;
    private readonly int[] _batch;
    private readonly RandomStream _random;
    private readonly RowPool? _pool;
    private int _position;

    /// <param name="rows">The numbers of the training rows, at least one.</param>
    /// <param name="batchSize">The rows of a batch, at least 1; null for a size that grows with the data.</param>
    /// <param name="maximumSteps">The most steps of an iteration.</param>
    /// <param name="random">Draws the permutations.</param>
    /// <param name="pool">Replaces the rows by others of a stream; null where no rows are replaced.</param>
    public BatchSchedule(ReadOnlySpan<int> rows, int? batchSize, int maximumSteps, RandomStream random, RowPool? pool = null)
    {
        _order = rows.ToArray();
        _random = random;
        _pool = pool;
        Rows = pool?.Rows ?? rows.Length;
        int wanted = Math.Min(SizeFor(Rows, batchSize), rows.Length);
        int stepsOfOrder = (rows.Length + wanted - 1) / wanted;
        // Rows are spread evenly over the steps of a pass, so that at most a few are padding.
        _batch = new int[(rows.Length + stepsOfOrder - 1) / stepsOfOrder];
        long stepsOfPass = (Rows + _batch.Length - 1) / _batch.Length;
        StepsPerIteration = (int)Math.Min(Math.Max(stepsOfPass, DGatingDefaults.MinimumStepsPerIteration), maximumSteps);
        _position = _order.Length;
    }

    /// <summary>The number of training rows, or of all rows of the stream that they are the pool of.</summary>
    public long Rows { get; }

    public int BatchRows => _batch.Length;

    public int StepsPerIteration { get; }

    /// <summary>Draws the next batch.</summary>
    /// <param name="real">How many of its rows are not padding.</param>
    public ReadOnlySpan<int> Next(out int real)
    {
        if (_position >= _order.Length)
        {
            _random.Shuffle(_order);
            _position = 0;
        }

        real = Math.Min(_batch.Length, _order.Length - _position);
        _pool?.Advance(real);
        _order.AsSpan(_position, real).CopyTo(_batch);
        _batch.AsSpan(real).Fill(-1);
        _position += _batch.Length;
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
