using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Adds the gradients of a step over ranks, each of which has a part of the step's batch.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="batchRows">The number of rows of a batch on all ranks, over which losses are averaged.</param>
internal sealed class GradientSum(IRanks ranks, int batchRows)
{
    private float[] _values = [];

    public int BatchRows => batchRows;

    /// <summary>Replaces gradients by their sums over all ranks, in one message.</summary>
    public void Replace(IReadOnlyList<CpuMatrix> gradients)
    {
        int count = gradients.Sum(gradient => gradient.Elements);
        if (_values.Length < count)
        {
            _values = new float[count];
        }

        Span<float> rest = _values;
        foreach (CpuMatrix gradient in gradients)
        {
            gradient.Span.CopyTo(rest);
            rest = rest[gradient.Elements..];
        }

        Span<float> all = _values.AsSpan(0, count);
        ranks.AllReduce(all);
        foreach (CpuMatrix gradient in gradients)
        {
            gradient.Write(all[..gradient.Elements]);
            all = all[gradient.Elements..];
        }
    }
}
