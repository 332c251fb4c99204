using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>
/// Which rows are kept of those that come in: all of them while there is room, from then on a uniform sample, whatever their order
/// and however many there will be (reservoir sampling, algorithm R of Vitter 1985).
/// </summary>
/// <param name="capacity">Rows there is room for, at least 1.</param>
/// <param name="random">Which rows.</param>
internal sealed class RowSample(int capacity, RandomStream random)
{
    private int _capacity = capacity;

    // Of each row kept, how many came before it; null while that is its place.
    private long[]? _positions;

    /// <summary>Rows that came in.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows kept.</summary>
    public int Kept => (int)Math.Min(Rows, _capacity);

    /// <summary>Of each row kept, how many came in before it; null where all are kept.</summary>
    public long[]? Positions => _positions;

    /// <summary>There is less room than was thought, but never less than for the rows kept.</summary>
    public void Limit(int capacity) => _capacity = Math.Max(Kept, capacity);

    /// <summary>
    /// The place of the next row among those kept: behind them while there is room, then that of one which is dropped for it; null if it is
    /// not kept.
    /// </summary>
    public int? Next()
    {
        long position = Rows++;
        if (position < _capacity)
        {
            return (int)position;
        }

        if (_positions is null)
        {
            _positions = new long[_capacity];
            for (int i = 0; i < _capacity; i++)
            {
                _positions[i] = i;
            }
        }

        long place = random.NextInt64(Rows);
        if (place >= _capacity)
        {
            return null;
        }

        _positions[place] = position;
        return (int)place;
    }
}
