using System.Numerics;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Splits the work of a wide gated layer into parts of its columns, which several threads carry out.</summary>
/// <remarks>
/// The parts follow from the layer alone, and their products are added in order, so that the bits do not depend on the number of threads.
/// No group is split.
/// </remarks>
internal sealed class ColumnParts : IDisposable
{
    /// <summary>The columns from which a layer is split. With fewer the threads wait for each other too often.</summary>
    public const int LeastColumns = 2 * ColumnsOfPart;

    private const int ColumnsOfPart = 1024, MostParts = 16;

    private readonly WorkerTeam _team;
    private readonly GatedParameter _layer;
    private readonly ColumnBlock[] _parts;

    /// <param name="features">The features of a batch [rows, columns].</param>
    /// <param name="layer">The gated layer of these columns.</param>
    /// <param name="team">Carries out the parts.</param>
    public ColumnParts(CpuMatrix features, GatedParameter layer, WorkerTeam team)
    {
        (_team, _layer) = (team, layer);
        int[] bounds = BoundsOf(layer.Groups);
        _parts = [.. bounds.Zip(bounds.Skip(1), (first, end) => new ColumnBlock(features, layer, first, end))];
    }

    /// <summary>Calls <paramref name="work"/> once for each number from 0 to count − 1, on all threads.</summary>
    public void ForEach(int count, Action<int> work) => _team.ForEach(count, work);

    /// <summary>Computes features · w.</summary>
    /// <param name="values">Receives the product [rows, gated width].</param>
    public void Multiply(CpuMatrix values)
    {
        _team.ForEach(_parts.Length, i => _parts[i].Multiply());
        _parts[0].Product.Span.CopyTo(values.Span);
        foreach (ColumnBlock part in _parts.AsSpan(1))
        {
            TensorPrimitives.Add(values.Span, part.Product.Span, values.Span);
        }
    }

    /// <summary>Computes ∂L/∂w = featuresᵀ · slopes, and carries out one step on the gated layer.</summary>
    /// <remarks>A part is updated while its gradient is still in the processor's cache.</remarks>
    /// <param name="slopes">The slopes of the product [rows, gated width].</param>
    /// <param name="step">The settings of the step.</param>
    public void Descend(CpuMatrix slopes, StepSettings step) => _team.ForEach(_parts.Length, i =>
    {
        _parts[i].MultiplyTransposed(slopes);
        FusedUpdate.GatedPart(_layer, step, _parts[i].FirstGroup, _parts[i].EndGroup);
    });

    public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

    // The first group of each part, and behind them the number of groups.
    private static int[] BoundsOf(GroupLayout groups)
    {
        int parts = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(groups.Columns / ColumnsOfPart, 1, MostParts));
        return
        [
            .. Enumerable.Range(0, parts + 1)
                .Select(part => Array.FindIndex(groups.Starts, start => start >= (long)part * groups.Columns / parts)).Distinct(),
        ];
    }

    private sealed class ColumnBlock : IDisposable
    {
        private readonly Tensor _features, _featuresTransposed, _weights, _gradient;

        public ColumnBlock(CpuMatrix features, GatedParameter layer, int firstGroup, int endGroup)
        {
            (FirstGroup, EndGroup) = (firstGroup, endGroup);
            int first = layer.Groups.Starts[firstGroup], columns = layer.Groups.Starts[endGroup] - first;
            _features = features.ColumnView(first, columns);
            _featuresTransposed = _features.t().DetachFromDisposeScope();
            _weights = layer.Effective.RowView(first, columns);
            _gradient = layer.Gradient.RowView(first, columns);
            Product = new CpuMatrix(features.Rows, layer.Width);
        }

        public int FirstGroup { get; }

        public int EndGroup { get; }

        /// <summary>The product of the part's columns [rows, gated width].</summary>
        public CpuMatrix Product { get; }

        public void Multiply() => Product.Tensor.addmm_(_features, _weights, 0);

        public void MultiplyTransposed(CpuMatrix slopes) => _gradient.addmm_(_featuresTransposed, slopes.Tensor, 0);

        public void Dispose()
        {
            _features.Dispose();
            _featuresTransposed.Dispose();
            _weights.Dispose();
            _gradient.Dispose();
            Product.Dispose();
        }
    }
}
