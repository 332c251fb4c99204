using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>Draws a uniform sample of rows while they are read, without knowing how many there are.</summary>
/// <remarks>All rows are kept while there is room (reservoir sampling, algorithm R of Vitter 1985).</remarks>
/// <param name="capacity">The most rows to keep, at least 1.</param>
/// <param name="random">Draws the rows to keep.</param>
internal sealed class RowSample(int capacity, RandomStream random)
{
    private int _capacity = capacity;

    // Null while all rows are kept, each at the place of its position.
    private long[]? _positions;

    /// <summary>The number of rows read so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of rows kept.</summary>
    public int Kept => (int)Math.Min(Rows, _capacity);

    /// <summary>The position of each kept row among all rows read, from 0; null where all are kept.</summary>
    public long[]? Positions => _positions;

    /// <summary>Lowers the number of rows to keep, but not below the number of rows kept already.</summary>
    public void Limit(int capacity) => _capacity = Math.Max(Kept, capacity);

    /// <summary>Keeps fewer of the rows, drawn anew, where not all are kept; no further row may follow.</summary>
    /// <param name="count">The number of rows to keep, at most <see cref="Kept"/>.</param>
    /// <returns>The places of these rows so far, ascending; their order stays.</returns>
    public int[] Thin(int count)
    {
        int[] places = [.. Enumerable.Range(0, Kept)];
        random.Shuffle(places);
        places = [.. places[..count].Order()];
        _positions = Array.ConvertAll(places, place => _positions![place]);
        _capacity = count;
        return places;
    }

    /// <summary>Decides on the next row, and gives its place among the kept rows; null if it is not kept.</summary>
    /// <remarks>The place is behind the kept rows while there is room, and later that of a row that it replaces.</remarks>
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
