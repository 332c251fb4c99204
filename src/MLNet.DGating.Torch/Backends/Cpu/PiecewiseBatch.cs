using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the piecewise-linear features of one step, and multiplies them with the gated layer (docs/theory.md §19).</summary>
/// <remarks>Linear columns are a dense matrix of their own; ramps are read from <see cref="RampTables"/>.</remarks>
internal sealed class PiecewiseBatch : IDisposable
{
    private readonly float[] _skipFactors;
    private readonly int _activated;
    private readonly int[] _linearColumns;
    private readonly PiecewiseRows _rows;
    private readonly CpuMatrix _linearWeights;
    private readonly CpuMatrix _linearGradient;
    private readonly RampTables _ramps;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    /// <param name="skipFactors">The factor of each column for the skip connection; empty where all are 1.</param>
    /// <param name="rows">The number of rows of a batch.</param>
    /// <param name="width">The number of columns of the gated layer.</param>
    /// <param name="activated">The number of its columns that pass through the activation.</param>
    public PiecewiseBatch(InputEncoding encoding, float[] skipFactors, int rows, int width, int activated)
    {
        _skipFactors = skipFactors;
        _activated = activated;
        _linearColumns = [.. Enumerable.Range(0, encoding.Inputs).Select(encoding.FirstColumn)];
        _linearWeights = new CpuMatrix(encoding.Inputs, width);
        _linearGradient = new CpuMatrix(encoding.Inputs, width);
        var edges = new RampEdges(encoding);
        _ramps = new RampTables(edges, skipFactors, width, activated);
        _rows = new PiecewiseRows(encoding, edges, rows);
    }

    /// <summary>The linear columns [rows, inputs].</summary>
    public Span<float> Linear => _rows.Linear.Span;

    /// <summary>Reads these rows; −1 is a row of zeros.</summary>
    public void Load(FeatureRows features, ReadOnlySpan<int> rows) => _rows.Load(features, rows);

    /// <summary>Computes target = z · weights.</summary>
    /// <param name="weights">The weights [columns, width].</param>
    /// <param name="target">Receives the product [rows, width].</param>
    public void Multiply(CpuMatrix weights, CpuMatrix target)
    {
        for (int i = 0; i < _linearColumns.Length; i++)
        {
            Row(weights, _linearColumns[i]).CopyTo(Row(_linearWeights, i));
            ScaleSkip(Row(_linearWeights, i), _linearColumns[i]);
        }

        target.Tensor.addmm_(_rows.Linear.Tensor, _linearWeights.Tensor, 0);
        _ramps.Fill(weights);
        _rows.AddProducts(_ramps, target, offsets: null, target.Columns);
    }

    /// <summary>Computes target = zᵀ · slopes, the gradient of the weights.</summary>
    /// <param name="slopes">The slopes of the layer's values [rows, width].</param>
    /// <param name="target">Receives the gradient [columns, width].</param>
    public void MultiplyTransposed(CpuMatrix slopes, CpuMatrix target)
    {
        _linearGradient.Tensor.addmm_(_rows.Linear.Transposed, slopes.Tensor, 0);
        for (int i = 0; i < _linearColumns.Length; i++)
        {
            Row(_linearGradient, i).CopyTo(Row(target, _linearColumns[i]));
            ScaleSkip(Row(target, _linearColumns[i]), _linearColumns[i]);
        }

        _rows.AddGradients(_ramps, slopes, offsets: null, slopes.Columns);
        _ramps.TakeGradient(target);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _linearWeights.Dispose();
        _linearGradient.Dispose();
    }

    private static Span<float> Row(CpuMatrix matrix, int row) => matrix.Span.Slice(row * matrix.Columns, matrix.Columns);

    private void ScaleSkip(Span<float> row, int column)
    {
        if (_skipFactors.Length > 0)
        {
            TensorPrimitives.Multiply(row[_activated..], _skipFactors[column], row[_activated..]);
        }
    }
}
