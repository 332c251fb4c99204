namespace MLNet.DGating.Torch;

/// <summary>
/// Which rows each step sees: a fresh permutation a pass, cut into batches of one size; the last batch of a pass is padded
/// with −1. An iteration is a pass, within bounds: several passes where one has few steps, a part of one where it has many.
/// </summary>
internal sealed class BatchSchedule
{
    private readonly int[] _order;
    private readonly int[] _batch;
    private readonly RandomStream _random;
    private int _position;

    public BatchSchedule(ReadOnlySpan<int> rows, int? batchSize, int maximumSteps, RandomStream random)
    {
        _order = rows.ToArray();
        _random = random;
        int wanted = Math.Min(batchSize ?? AutomaticSize(rows.Length), rows.Length);
        int stepsOfPass = (rows.Length + wanted - 1) / wanted;
        // Rows spread evenly over the steps of a pass: at most a few are padding.
        _batch = new int[(rows.Length + stepsOfPass - 1) / stepsOfPass];
        StepsPerIteration = Math.Min(Math.Max(stepsOfPass, DGatingDefaults.MinimumStepsPerIteration), maximumSteps);
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

    private static int AutomaticSize(int rows) =>
        Math.Clamp(rows / DGatingDefaults.StepsBeforeBatchGrows, DGatingDefaults.SmallestBatch, DGatingDefaults.LargestBatch);
}
