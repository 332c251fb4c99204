using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>Encoded rows for one run.</summary>
/// <remarks>
/// The full matrix is shared between runs, and rows are encoded while a batch is gathered. As groups leave, their inputs are first
/// skipped; a run takes an encoded copy of its own once few are left. So runs together never need much more memory than the matrix, and
/// what is copied is soon a small part of it. Nothing is copied of rows that are replaced by others on the way. Sparse rows become dense
/// ones once that is faster.
/// </remarks>
internal sealed class FeatureRows : IDisposable
{
    /// <summary>Remaining inputs are copied once they are no more than this share of those they are read from.</summary>
    /// <remarks>A copy costs as much as several passes over the rows, skipping inputs a tenth of a step.</remarks>
    private const double CopyShare = 0.2;

    /// <summary>Of more rows than this a run does not see each often enough for a copy to pay: those of forty iterations.</summary>
    private const int LargestCopy = 40 * DGatingDefaults.MaximumStepsPerIteration * DGatingDefaults.LargestBatch;

    /// <summary>
    /// Where more than this share of the remaining values is not zero, dense products are faster (measured between 20 and 30 %).
    /// </summary>
    private const double SparseShare = 0.2;

    private readonly int[]? _inputs;
    private readonly bool _change;
    private readonly DesignMatrix? _copy;

    /// <param name="matrix">The rows.</param>
    /// <param name="encoding">How they become columns; null where they already are.</param>
    /// <param name="change">Whether rows are replaced meanwhile.</param>
    public FeatureRows(FeatureMatrix matrix, InputEncoding? encoding, bool change = false)
        : this(matrix, null, encoding, change, null)
    {
    }

    // The encoding is that of the inputs; the copy is the matrix, where the matrix is a copy.
    private FeatureRows(FeatureMatrix matrix, int[]? inputs, InputEncoding? encoding, bool change, DesignMatrix? copy)
    {
        Matrix = matrix;
        Encoding = encoding;
        _inputs = inputs;
        _change = change;
        _copy = copy;
    }

    public FeatureMatrix Matrix { get; }

    /// <summary>How inputs become columns; null where the matrix holds encoded columns already.</summary>
    public InputEncoding? Encoding { get; }

    public int Rows => Matrix.Rows;

    /// <summary>Columns of an encoded row.</summary>
    public int Columns => Encoding?.Columns ?? _inputs?.Length ?? Matrix.Columns;

    /// <summary>Whether of every row only the values other than zero are kept.</summary>
    public bool IsSparse => Matrix is SparseMatrix;

    private int Inputs => _inputs?.Length ?? Matrix.Columns;

    /// <summary>What is kept of a row, raw; for sparse rows.</summary>
    public SparseRow Sparse(int row) => ((SparseMatrix)Matrix).Row(row);

    /// <summary>Encodes what is kept of a sparse row, whose inputs have one column each.</summary>
    public void Read(SparseRow row, Span<float> target)
    {
        if (Encoding is null)
        {
            row.Values.CopyTo(target);
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Encoding.Encode(row.Columns[i], row.Values[i]);
        }
    }

    /// <summary>Reads an encoded row [columns].</summary>
    public void Read(int row, Span<float> target)
    {
        switch (_inputs, Encoding)
        {
            case (null, null): Matrix.Read(row, target); break;
            case (null, _): Matrix.Read(row, Encoding, target); break;
            case (_, null): Matrix.Read(row, _inputs, target); break;
            default: Matrix.Read(row, _inputs, Encoding, target); break;
        }
    }

    /// <summary>The column of the matrix that an input is.</summary>
    public int MatrixColumn(int input) => _inputs?[input] ?? input;

    /// <summary>The same rows with only these inputs, to be disposed by the run that they are for.</summary>
    public FeatureRows Select(ReadOnlySpan<int> inputs)
    {
        if (Matrix is SparseMatrix sparse)
        {
            // A copy costs less than a step, and the remaining columns are denser: the rarest leave first.
            SparseMatrix remaining = sparse.Select(inputs);
            var rows = new FeatureRows(remaining, Encoding?.Select(inputs));
            return remaining.Density <= SparseShare ? rows : rows.Copy();
        }

        FeatureRows selected = View(inputs);
        bool isCopied = selected.Inputs <= CopyShare * Matrix.Columns && Rows <= LargestCopy && !_change;
        return isCopied ? selected.Copy() : selected;
    }

    /// <summary>These inputs alone, read from where they are, however few they are: on a device, where the matrix stays whole.</summary>
    public FeatureRows View(ReadOnlySpan<int> inputs)
    {
        int[] ofMatrix = inputs.ToArray();
        if (_inputs is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, input => _inputs[input]);
        }

        return new FeatureRows(Matrix, ofMatrix, Encoding?.Select(inputs), _change, _copy);
    }

    /// <summary>As <see cref="Select"/>, where these rows are a run's own and not used any more.</summary>
    /// <param name="inputs">Of the present inputs, ascending.</param>
    /// <param name="columns">Their columns.</param>
    public FeatureRows Keep(ReadOnlySpan<int> inputs, ReadOnlySpan<int> columns)
    {
        // A copy holds columns, not inputs.
        FeatureRows kept = Select(Encoding is null ? columns : inputs);
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
