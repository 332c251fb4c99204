using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>Gives one run the encoded rows of its inputs.</summary>
/// <remarks>
/// The full matrix is shared between runs, and rows are encoded while a batch is gathered. As groups leave, their inputs are first
/// skipped; once few inputs are left the run makes an encoded copy of its own. So all runs together never need much more memory than the
/// matrix. Rows that are replaced during training are not copied. Sparse rows become dense once dense products are faster.
/// </remarks>
internal sealed class FeatureRows : IDisposable
{
    /// <summary>Largest share of the matrix's columns at which the remaining inputs are copied.</summary>
    /// <remarks>A copy costs as much as several passes over the rows; skipping inputs costs a tenth of a step.</remarks>
    private const double CopyShare = 0.2;

    /// <summary>Most rows of a copy: those of forty iterations. Of more rows a run reads each too seldom for a copy to pay.</summary>
    private const int LargestCopy = 40 * DGatingDefaults.MaximumStepsPerIteration * DGatingDefaults.LargestBatch;

    /// <summary>Largest density of the remaining values at which sparse products are faster (measured between 20 and 30 %).</summary>
    private const double SparseShare = 0.2;

    private readonly int[]? _inputs;
    private readonly bool _areReplaced;
    private readonly DesignMatrix? _copy;

    /// <param name="matrix">The raw rows, or encoded ones where <paramref name="encoding"/> is null.</param>
    /// <param name="encoding">Encodes the inputs as columns; null where the matrix holds encoded columns.</param>
    /// <param name="areReplaced">Whether rows are replaced by others during training.</param>
    public FeatureRows(FeatureMatrix matrix, InputEncoding? encoding, bool areReplaced = false)
        : this(matrix, null, encoding, areReplaced, null)
    {
    }

    // The encoding is that of the given inputs alone; `copy` is the matrix itself where that is a copy of the run's own.
    private FeatureRows(FeatureMatrix matrix, int[]? inputs, InputEncoding? encoding, bool areReplaced, DesignMatrix? copy)
    {
        Matrix = matrix;
        Encoding = encoding;
        _inputs = inputs;
        _areReplaced = areReplaced;
        _copy = copy;
    }

    public FeatureMatrix Matrix { get; }

    /// <summary>The encoding of the inputs as columns; null where the matrix holds encoded columns already.</summary>
    public InputEncoding? Encoding { get; }

    public int Rows => Matrix.Rows;

    /// <summary>The number of columns of an encoded row.</summary>
    public int Columns => Encoding?.Columns ?? _inputs?.Length ?? Matrix.Columns;

    /// <summary>Whether only the values other than zero are stored.</summary>
    public bool IsSparse => Matrix is SparseMatrix;

    /// <summary>Whether rows are replaced by others during training.</summary>
    public bool AreReplaced => _areReplaced;

    private int Inputs => _inputs?.Length ?? Matrix.Columns;

    /// <summary>Gives the raw values that are stored of a sparse row.</summary>
    public SparseRow Sparse(int row) => ((SparseMatrix)Matrix).Row(row);

    /// <summary>Encodes the stored values of a sparse row, whose inputs have one column each.</summary>
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

    /// <summary>Reads a row without encoding it [inputs].</summary>
    public void ReadRaw(int row, Span<float> target)
    {
        if (_inputs is null)
        {
            Matrix.Read(row, target);
        }
        else
        {
            Matrix.Read(row, _inputs, target);
        }
    }

    /// <summary>Gives the column of the matrix that holds an input.</summary>
    public int MatrixColumn(int input) => _inputs?[input] ?? input;

    /// <summary>Gives other rows with the same encoding.</summary>
    /// <param name="matrix">The rows, with the same columns.</param>
    public FeatureRows Of(FeatureMatrix matrix) => new(matrix, _inputs, Encoding, _areReplaced, null);

    /// <summary>Gives the same rows with these inputs alone, a view or a copy; the run that uses them disposes them.</summary>
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
        // The many columns of a piecewise-linear encoding are never stored.
        bool isCopied = selected.Inputs <= CopyShare * Matrix.Columns && Rows <= LargestCopy && !_areReplaced
            && Encoding?.IsPiecewise != true;
        return isCopied ? selected.Copy() : selected;
    }

    /// <summary>Gives a view of the same rows with these inputs alone.</summary>
    /// <remarks>A device uses it, where the whole matrix stays resident however few inputs are left.</remarks>
    public FeatureRows View(ReadOnlySpan<int> inputs)
    {
        int[] ofMatrix = inputs.ToArray();
        if (_inputs is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, input => _inputs[input]);
        }

        return new FeatureRows(Matrix, ofMatrix, Encoding?.Select(inputs), _areReplaced, _copy);
    }

    /// <summary>Does the same as <see cref="Select"/>, and gives back the memory of these rows, which are not used any more.</summary>
    /// <param name="inputs">The inputs to keep among the present ones, ascending.</param>
    /// <param name="columns">The columns of these inputs.</param>
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

    /// <summary>Gives back the memory of a copy. Shared rows are left alone.</summary>
    public void Dispose() => _copy?.Release();

    private FeatureRows Copy()
    {
        var copy = new DesignMatrix(Columns, isForARun: true);
        for (int row = 0; row < Rows; row++)
        {
            Read(row, copy.AddRow());
        }

        return new FeatureRows(copy, null, null, areReplaced: false, copy);
    }
}
