using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Adds matrices over ranks, all of them in one message.</summary>
/// <param name="ranks">The ranks.</param>
internal sealed class MatrixMessage(IRanks ranks)
{
    private float[] _values = [];

    /// <summary>Replaces matrices by the sums of what all ranks have, each times a factor.</summary>
    /// <param name="matrices">As many of the same sizes on every rank.</param>
    /// <param name="factor">The factor of this rank.</param>
    public void Sum(IReadOnlyList<CpuMatrix> matrices, float factor = 1)
    {
        int count = matrices.Sum(matrix => matrix.Elements);
        if (_values.Length < count)
        {
            _values = new float[count];
        }

        Span<float> rest = _values;
        foreach (CpuMatrix matrix in matrices)
        {
            TensorPrimitives.Multiply(matrix.Span, factor, rest);
            rest = rest[matrix.Elements..];
        }

        Span<float> all = _values.AsSpan(0, count);
        ranks.AllReduce(all);
        foreach (CpuMatrix matrix in matrices)
        {
            matrix.Write(all[..matrix.Elements]);
            all = all[matrix.Elements..];
        }
    }
}
