using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>Replaces rows in memory during training, so that a run trains on more rows than fit in memory.</summary>
/// <remarks>
/// The rows in memory are the pool. The stream of all rows is cut into as many parts as the pool has rows, and the pool holds one row of
/// each part; while the stream passes a part, a newly drawn row of it replaces the last one. So the pool is always a sample of the whole
/// stream, however that is sorted. A window that moves along the stream would show the classes of a sorted file one at a time.
/// </remarks>
internal sealed class RowPool : IDisposable
{
    private readonly RowMatrix _features;
    private readonly float[] _targets;
    private readonly float[]? _weights;
    private readonly RowStream _stream;
    private readonly RandomStream _random;
    private readonly int[] _placeOfPart;
    private readonly float[] _row;
    private IRowPass _pass;
    private int _part;
    private long _drawn;
    private long _position;

    /// <param name="stream">All rows.</param>
    /// <param name="features">The rows in memory, training rows first. No other run may read them at the same time.</param>
    /// <param name="targets">The targets of the rows in memory, one a row; empty where there are none.</param>
    /// <param name="weights">The weights of the rows in memory; null where all are 1.</param>
    /// <param name="random">Draws the row of each part that is taken.</param>
    public RowPool(RowStream stream, FeatureMatrix features, float[] targets, float[]? weights, RandomStream random)
    {
        _stream = stream;
        _features = (RowMatrix)features;
        _targets = targets;
        _weights = weights;
        _random = random;
        _placeOfPart = [.. Enumerable.Range(0, _stream.Positions.Length)];
        Array.Sort((long[])_stream.Positions.Clone(), _placeOfPart);
        _row = new float[features.Columns];
        _pass = _stream.Open();
        Draw(0);
    }

    /// <summary>The number of rows of the stream.</summary>
    public long Rows => _stream.Rows;

    /// <summary>Reads further rows of the stream; the last row is followed by the first.</summary>
    /// <param name="rows">The number of rows to read.</param>
    /// <exception cref="InvalidOperationException">The stream has more or fewer rows than before.</exception>
    public void Advance(int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            if (_position == Rows)
            {
                BeginAgain();
            }

            if (!_pass.MoveNext())
            {
                throw Changed($"{_position} rows");
            }

            if (_position++ == _drawn)
            {
                Replace(_placeOfPart[_part]);
                Draw(_part + 1);
            }
        }
    }

    public void Dispose() => _pass.Dispose();

    private void BeginAgain()
    {
        if (_pass.MoveNext())
        {
            throw Changed("more");
        }

        _pass.Dispose();
        _pass = _stream.Open();
        _position = 0;
        Draw(0);
    }

    private void Replace(int place)
    {
        _pass.Read(_row, out float target, out float weight);
        _features.Replace(place, _row);
        if (_targets.Length > 0)
        {
            _targets[place] = target;
        }

        if (_weights is not null)
        {
            _weights[place] = weight;
        }
    }

    // Draws the row of a part that is taken; there is none behind the last part.
    private void Draw(int part)
    {
        _part = part;
        if (part < _placeOfPart.Length)
        {
            long start = Start(part);
            _drawn = start + _random.NextInt64(Start(part + 1) - start);
        }
    }

    private long Start(int part) => (long)((Int128)Rows * part / _placeOfPart.Length);

    private InvalidOperationException Changed(string found) => new(
        $"The data had {Rows} usable training rows when it was read first, but {found} when it was read again. " +
        "Rows that do not fit in memory are read several times: give data that has the same rows in the same order every time " +
        "(save them to a file if they come from a source that can be read only once, or is random), " +
        "or let more rows be kept in memory (MaximumRowMemory).");
}
