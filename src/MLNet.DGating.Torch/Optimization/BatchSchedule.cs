using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>
/// Which rows each step sees: a fresh permutation a pass, cut into batches of one size; the last batch of a pass is padded with −1.
/// </summary>
/// <remarks>
/// An iteration is a pass, within bounds: several passes where one has few steps, a part of one where it has many. Where the rows are a
/// pool, sizes are those of all the rows it stands for, and the pool moves on by as many rows as are drawn.
/// </remarks>
internal sealed class BatchSchedule
{
    private readonly int[] _order;
    private readonly int[] _batch;
    private readonly RandomStream _random;
    private readonly RowPool? _pool;
    private int _position;

    public BatchSchedule(ReadOnlySpan<int> rows, int? batchSize, int maximumSteps, RandomStream random, RowPool? pool = null)
    {
        _order = rows.ToArray();
        _random = random;
        _pool = pool;
        long all = pool?.Rows ?? rows.Length;
        int wanted = Math.Min(batchSize ?? AutomaticSize(all), rows.Length);
        int stepsOfOrder = (rows.Length + wanted - 1) / wanted;
        // Rows spread evenly over the steps of a pass: at most a few are padding.
        _batch = new int[(rows.Length + stepsOfOrder - 1) / stepsOfOrder];
        long stepsOfPass = (all + _batch.Length - 1) / _batch.Length;
        StepsPerIteration = (int)Math.Min(Math.Max(stepsOfPass, DGatingDefaults.MinimumStepsPerIteration), maximumSteps);
        _position = _order.Length;
    }

    public int BatchRows => _batch.Length;

    public int StepsPerIteration { get; }

    /// <summary>The next batch, and how many of its rows are real.</summary>
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

    /// <summary>The batches of an iteration, one after the other, and how many of their rows are real.</summary>
    public int[] NextIteration(out int real)
    {
        var rows = new int[StepsPerIteration * BatchRows];
        real = 0;
        for (int i = 0; i < StepsPerIteration; i++)
        {
            Next(out int ofBatch).CopyTo(rows.AsSpan(i * BatchRows));
            real += ofBatch;
        }

        return rows;
    }

    private static int AutomaticSize(long rows) =>
        (int)Math.Clamp(rows / DGatingDefaults.StepsBeforeBatchGrows, DGatingDefaults.SmallestBatch, DGatingDefaults.LargestBatch);
}
