using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>
/// Training on more rows than fit in memory, through a pool of some of them: the training set itself, whose rows are replaced while a
/// run goes on. The stream is cut into as many parts as the pool has rows, and the pool holds one row of each: while the stream passes a
/// part, another row of it takes the place of the last one. So the pool is at every moment a sample of the whole stream, however that is
/// sorted: a window of it that moves along would show a file sorted by label one class at a time.
/// </summary>
internal sealed class RowPool : IDisposable
{
    private readonly TrainingSet _data;
    private readonly RowMatrix _features;
    private readonly RowStream _stream;
    private readonly RandomStream _random;
    private readonly int[] _placeOfPart;
    private readonly float[] _row;
    private IRowPass _pass;
    private int _part;
    private long _drawn;
    private long _position;

    /// <param name="data">The pool, its training rows first; its stream has all of them. Nothing else may read it meanwhile.</param>
    /// <param name="random">Which row of a part.</param>
    public RowPool(TrainingSet data, RandomStream random)
    {
        _data = data;
        _features = (RowMatrix)data.Features;
        _stream = data.Stream!;
        _random = random;
        _placeOfPart = [.. Enumerable.Range(0, _stream.Positions.Length)];
        Array.Sort((long[])_stream.Positions.Clone(), _placeOfPart);
        _row = new float[data.Features.Columns];
        _pass = _stream.Open();
        Draw(0);
    }

    /// <summary>Rows of the stream.</summary>
    public long Rows => _stream.Rows;

    /// <summary>Reads so many rows on; after the last comes the first.</summary>
    /// <exception cref="InvalidOperationException">The stream does not have the rows it had.</exception>
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
        if (_data.Targets.Length > 0)
        {
            _data.Targets[place] = target;
        }

        if (_data.Weights is not null)
        {
            _data.Weights[place] = weight;
        }
    }

    // The row of a part that will be taken; none behind the last part.
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
        $"The data had {Rows} usable training rows when it was read first, but {found} when it was read again. Rows that do not fit in memory are read several times: " +
        "give data that has the same rows in the same order every time (save them to a file if they come from a source that can be read only once, or is random), or let more rows be kept in memory (MaximumRowMemory).");
}
