using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Data.Streaming;

/// <summary>A stream whose row i has the features (i, −i), the target i and the weight i + 1, and how it is used.</summary>
internal sealed class CountedRows(int rows)
{
    /// <summary>Rows of the next reading.</summary>
    public int Rows { get; set; } = rows;

    /// <summary>Gives the block of a row; null where all rows are independent.</summary>
    public Func<int, int?>? BlockOf { get; set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public int Read { get; private set; }

    /// <summary>A sample of so many rows, as reading them once keeps it, and the whole.</summary>
    public TrainingSet Sample(int count, int seed)
    {
        var sample = new RowSample(count, new RandomStream(seed, 1));
        for (int row = 0; row < Rows; row++)
        {
            sample.Next();
        }

        long[] positions = sample.Positions ?? throw new InvalidOperationException("All rows are in the sample.");
        return new TrainingSet(
            RandomData.Matrix(count, 2, (row, column) => column == 0 ? positions[row] : -positions[row]),
            Array.ConvertAll(positions, position => (float)position), Array.ConvertAll(positions, position => position + 1f),
            GroupLayout.PerColumn(2), LearningTask.Regression)
        {
            Stream = new RowStream(Rows, positions, () => new Pass(this)),
        };
    }

    private sealed class Pass : IRowPass
    {
        private readonly CountedRows _rows;
        private int _row = -1;

        public int? Block => _rows.BlockOf?.Invoke(_row);

        public Pass(CountedRows rows)
        {
            _rows = rows;
            rows.Opened++;
        }

        public bool MoveNext()
        {
            _rows.Read++;
            return ++_row < _rows.Rows;
        }

        public void Read(Span<float> features, out float target, out float weight)
        {
            (features[0], features[1]) = (_row, -_row);
            (target, weight) = (_row, _row + 1);
        }

        public void Dispose() => _rows.Closed++;
    }
}
