using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>
/// Standardized rows for one run. The full matrix is shared between runs, and rows are standardized while a batch is gathered. As
/// groups leave, their columns are first skipped; a run takes a standardized copy of its own once few are left. So runs together
/// never need much more memory than the matrix, and what is copied is soon a small part of it. Nothing is copied of rows that are
/// replaced by others on the way. Sparse rows become dense ones once that is faster.
/// </summary>
internal sealed class FeatureRows : IDisposable
{
    /// <summary>Surviving columns are copied once they are no more than this share of those they are read from: a copy costs as much as several passes over the rows, skipping columns a tenth of a step.</summary>
    private const double CopyShare = 0.2;

    /// <summary>Of more rows than this a run does not see each often enough for a copy to pay: those of forty iterations, fewer than a refit takes.</summary>
    private const int LargestCopy = 40 * DGatingDefaults.MaximumStepsPerIteration * DGatingDefaults.LargestBatch;

    /// <summary>Where more than this share of the survivors' values is not zero, dense products are faster (measured between 20 and 30 %).</summary>
    private const double SparseShare = 0.2;

    private readonly int[]? _columns;
    private readonly bool _change;
    private readonly DesignMatrix? _copy;

    /// <param name="matrix">The rows.</param>
    /// <param name="scaling">How to standardize them; null when they already are.</param>
    /// <param name="change">Whether rows are replaced meanwhile.</param>
    public FeatureRows(FeatureMatrix matrix, ColumnScaling? scaling, bool change = false)
        : this(matrix, null, scaling, change, null)
    {
    }

    // The scaling is that of the columns; the copy is the matrix, where the matrix is a copy.
    private FeatureRows(FeatureMatrix matrix, int[]? columns, ColumnScaling? scaling, bool change, DesignMatrix? copy)
    {
        Matrix = matrix;
        Scaling = scaling;
        _columns = columns;
        _change = change;
        _copy = copy;
    }

    public FeatureMatrix Matrix { get; }

    /// <summary>How they are standardized; null when they already are.</summary>
    public ColumnScaling? Scaling { get; }

    public int Rows => Matrix.Rows;

    public int Columns => _columns?.Length ?? Matrix.Columns;

    /// <summary>Whether of every row only the values other than zero are kept.</summary>
    public bool IsSparse => Matrix is SparseMatrix;

    /// <summary>What is kept of a row, raw; for sparse rows.</summary>
    public SparseRow Sparse(int row) => ((SparseMatrix)Matrix).Row(row);

    /// <summary>The standardized values of what is kept of a row.</summary>
    public void Read(SparseRow row, Span<float> target)
    {
        if (Scaling is null)
        {
            row.Values.CopyTo(target);
        }
        else
        {
            Scaling.Apply(row, target);
        }
    }

    public void Read(int row, Span<float> target)
    {
        if (_columns is not null)
        {
            Matrix.Read(row, _columns, target);
            Scaling?.Apply(target, target);
        }
        else if (Scaling is not null)
        {
            Matrix.Read(row, Scaling, target);
        }
        else
        {
            Matrix.Read(row, target);
        }
    }

    /// <summary>The column of the matrix that a column is.</summary>
    public int MatrixColumn(int column) => _columns?[column] ?? column;

    /// <summary>The same rows with only these columns, to be disposed by the run that they are for.</summary>
    public FeatureRows Select(ReadOnlySpan<int> columns)
    {
        if (Matrix is SparseMatrix sparse)
        {
            // A copy costs less than a step, and the survivors of sparse columns are denser: the rarest leave first.
            SparseMatrix survivors = sparse.Select(columns);
            var rows = new FeatureRows(survivors, Scaling?.Select(columns));
            return survivors.Density <= SparseShare ? rows : rows.Copy();
        }

        FeatureRows selected = View(columns);
        bool isCopied = selected.Columns <= CopyShare * Matrix.Columns && Rows <= LargestCopy && !_change;
        return isCopied ? selected.Copy() : selected;
    }

    /// <summary>These columns alone, read from where they are, however few they are: on a device, where the matrix stays whole.</summary>
    public FeatureRows View(ReadOnlySpan<int> columns)
    {
        int[] ofMatrix = columns.ToArray();
        if (_columns is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, column => _columns[column]);
        }

        return new FeatureRows(Matrix, ofMatrix, Scaling?.Select(columns), _change, _copy);
    }

    /// <summary>As <see cref="Select"/>, where these rows are a run's own and not used any more.</summary>
    public FeatureRows Keep(ReadOnlySpan<int> columns)
    {
        FeatureRows kept = Select(columns);
        if (kept._copy != _copy)
        {
            Dispose();
        }

        return kept;
    }

    /// <summary>Gives the memory of a copy back; of shared rows nothing.</summary>
    public void Dispose() => _copy?.Release();

    private FeatureRows Copy()
    {
        var copy = new DesignMatrix(Columns, isForARun: true);
        for (int row = 0; row < Rows; row++)
        {
            Read(row, copy.AddRow());
        }

        return new FeatureRows(copy, null, null, change: false, copy);
    }
}
