using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Multiplies the piecewise-linear features of each group with the embedding of that group (docs/theory.md §20).</summary>
/// <remarks>
/// Group j has its own columns of the result, from j · K on, so that the weights are a block-diagonal matrix. Only its blocks are stored.
/// </remarks>
internal sealed class EmbeddedProducts : IDisposable
{
    private readonly PiecewiseRows _rows;
    private readonly RampTables _ramps;
    private readonly int[] _linearColumns;
    private readonly int[] _offsetOfLinear;
    private readonly int[] _offsetOfRamps;
    private readonly CpuMatrix _linearWeights;
    private readonly CpuMatrix _linearGradient;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    /// <param name="groups">The groups of its inputs.</param>
    /// <param name="rows">The number of rows of a batch.</param>
    /// <param name="width">The number K of outputs of a group.</param>
    public EmbeddedProducts(InputEncoding encoding, GroupLayout groups, int rows, int width)
    {
        var edges = new RampEdges(encoding);
        _ramps = new RampTables(edges, [], width, width);
        _rows = new PiecewiseRows(encoding, edges, rows);
        int[] offsetOfInput = new int[encoding.Inputs];
        for (int group = 0; group < groups.Count; group++)
        {
            Array.Fill(offsetOfInput, group * width, groups.InputStarts[group], groups.InputCount(group));
        }

        _linearColumns = [.. Enumerable.Range(0, encoding.Inputs).Select(encoding.FirstColumn)];
        _offsetOfLinear = offsetOfInput;
        _offsetOfRamps = Array.ConvertAll(edges.Inputs, input => offsetOfInput[input]);
        _linearWeights = new CpuMatrix(encoding.Inputs, groups.Count * width);
        _linearGradient = new CpuMatrix(encoding.Inputs, groups.Count * width);
    }

    /// <summary>Reads these rows; −1 is a row of zeros.</summary>
    public void Load(FeatureRows features, ReadOnlySpan<int> rows) => _rows.Load(features, rows);

    /// <summary>Computes the embeddings of all groups.</summary>
    /// <param name="weights">The weights of all columns [columns, K].</param>
    /// <param name="target">Receives the products [rows, groups · K].</param>
    public void Multiply(CpuMatrix weights, CpuMatrix target)
    {
        int width = weights.Columns;
        for (int i = 0; i < _linearColumns.Length; i++)
        {
            weights.Span.Slice(_linearColumns[i] * width, width)
                .CopyTo(_linearWeights.Span[(i * _linearWeights.Columns + _offsetOfLinear[i])..]);
        }

        target.Tensor.addmm_(_rows.Linear.Tensor, _linearWeights.Tensor, 0);
        _ramps.Fill(weights);
        _rows.AddProducts(_ramps, target, _offsetOfRamps, width);
    }

    /// <summary>Computes the gradient of the weights.</summary>
    /// <param name="slopes">The slopes of the products [rows, groups · K].</param>
    /// <param name="target">Receives the gradient [columns, K].</param>
    public void MultiplyTransposed(CpuMatrix slopes, CpuMatrix target)
    {
        int width = target.Columns;
        _linearGradient.Tensor.addmm_(_rows.Linear.Transposed, slopes.Tensor, 0);
        for (int i = 0; i < _linearColumns.Length; i++)
        {
            _linearGradient.Span.Slice(i * _linearGradient.Columns + _offsetOfLinear[i], width)
                .CopyTo(target.Span[(_linearColumns[i] * width)..]);
        }

        _rows.AddGradients(_ramps, slopes, _offsetOfRamps, width);
        _ramps.TakeGradient(target);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _linearWeights.Dispose();
        _linearGradient.Dispose();
    }
}
