using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>Deals rows out in a random order, as many to each batch, until none is left.</summary>
/// <param name="rows">The numbers of the rows; they are shuffled in place.</param>
/// <param name="rowsOfBatch">The rows of a batch.</param>
internal sealed class ShuffledRows(int[] rows, int rowsOfBatch)
{
    private int _position = rows.Length;

    public int RowsOfBatch => rowsOfBatch;

    /// <summary>Whether all rows have been dealt out.</summary>
    public bool IsDone => _position >= rows.Length;

    /// <summary>Begins again with all rows in a new order.</summary>
    public void Shuffle(RandomStream random)
    {
        random.Shuffle(rows);
        _position = 0;
    }

    /// <summary>Fills a batch, with −1 where no rows are left, and gives the number of its rows.</summary>
    public int Deal(Span<int> batch)
    {
        int real = Math.Clamp(rows.Length - _position, 0, batch.Length);
        rows.AsSpan(Math.Min(_position, rows.Length), real).CopyTo(batch);
        batch[real..].Fill(-1);
        _position += real;
        return real;
    }
}
