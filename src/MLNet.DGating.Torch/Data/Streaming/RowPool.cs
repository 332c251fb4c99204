using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>Replaces rows in memory during training, so that a run trains on more rows than fit in memory.</summary>
/// <remarks>
/// The stream of all rows is cut into as many parts as the sample in memory has rows, and each row of the sample stands for one part. A run
/// trains on the parts of its training rows: those rows are its pool, and while the stream passes a part, a newly drawn row of it replaces
/// the last one. So the pool is always a sample of what the run trains on, however the stream is sorted, and no row of a part that is held
/// out comes into it. A window that moves along the stream would show the classes of a sorted file one at a time.
/// </remarks>
internal sealed class RowPool : IDisposable
{
    private const int Elsewhere = -1;

    private readonly RowStream _stream;
    private readonly RowMatrix _features;
    private readonly float[] _targets;
    private readonly float[]? _weights;
    private readonly RandomStream _random;
    private readonly long[] _positions;
    private readonly int[] _placeOfPart;
    private readonly IReadOnlySet<int> _blocksElsewhere;
    private readonly float[] _row;
    private IRowPass? _pass;
    private int _part;
    private long _end;
    private long _drawn;
    private long _position;

    /// <param name="stream">All rows.</param>
    /// <param name="places">The place of each row of the sample in the pool; negative for one whose part is not trained on.</param>
    /// <param name="blocksElsewhere">The blocks of whose rows none may be trained on, such as those of held-out rows.</param>
    /// <param name="features">The rows of the pool, and others. No other run may read them at the same time.</param>
    /// <param name="targets">The targets of these rows, one a row; empty where there are none.</param>
    /// <param name="weights">The weights of these rows; null where all are 1.</param>
    /// <param name="random">Draws the row of each part that is taken.</param>
    public RowPool(
        RowStream stream, int[] places, IReadOnlySet<int> blocksElsewhere, FeatureMatrix features, float[] targets, float[]? weights,
        RandomStream random)
    {
        _stream = stream;
        _features = (RowMatrix)features;
        (_targets, _weights) = (targets, weights);
        _random = random;
        _blocksElsewhere = blocksElsewhere;
        _placeOfPart = (int[])places.Clone();
        _positions = (long[])stream.Positions.Clone();
        Array.Sort(_positions, _placeOfPart);
        _row = new float[_features.Columns];
        Rows = Enumerable.Range(0, _placeOfPart.Length).Where(IsOwn).Sum(part => Start(part + 1) - Start(part));
    }

    /// <summary>The number of rows of the stream that the run trains on.</summary>
    public long Rows { get; }

    /// <summary>Reads so many further rows that the run trains on; the last row of the stream is followed by the first.</summary>
    /// <param name="rows">The number of rows to read.</param>
    /// <exception cref="InvalidOperationException">The stream has more or fewer rows than before.</exception>
    public void Advance(int rows)
    {
        for (int left = rows; left > 0;)
        {
            if (_pass is null || _position == _stream.Rows)
            {
                Begin();
            }
            else if (_position == _end)
            {
                Enter(_part + 1);
            }

            if (!_pass!.MoveNext())
            {
                throw Changed($"{_position} rows");
            }

            if (IsOwn(_part))
            {
                left--;
                if (_position == _drawn)
                {
                    Replace(_pass, _placeOfPart[_part]);
                }
            }

            _position++;
        }
    }

    public void Dispose() => _pass?.Dispose();

    private bool IsOwn(int part) => _placeOfPart[part] > Elsewhere;

    private void Begin()
    {
        if (_pass?.MoveNext() == true)
        {
            throw Changed("more");
        }

        _pass?.Dispose();
        _pass = _stream.Open();
        _position = 0;
        Enter(0);
    }

    private void Enter(int part)
    {
        (_part, _end) = (part, Start(part + 1));
        if (IsOwn(part))
        {
            _drawn = _position + _random.NextInt64(_end - _position);
        }
    }

    private void Replace(IRowPass pass, int place)
    {
        if (IsElsewhere(_position) || pass.Block is int block && _blocksElsewhere.Contains(block))
        {
            // The row before it stays until the next pass.
            return;
        }

        pass.Read(_row, out float target, out float weight);
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

    // A row of the sample may lie beside the part that it stands for.
    private bool IsElsewhere(long position) => Array.BinarySearch(_positions, position) is >= 0 and int part && !IsOwn(part);

    private long Start(int part) => (long)((Int128)_stream.Rows * part / _placeOfPart.Length);

    private InvalidOperationException Changed(string found) => new(
        $"The data had {_stream.Rows} usable training rows when it was read first, but {found} when it was read again. " +
        "Rows that do not fit in memory are read several times: give data that has the same rows in the same order every time " +
        "(save them to a file if they come from a source that can be read only once, or is random), " +
        "or let more rows be kept in memory (MaximumRowMemory).");
}
