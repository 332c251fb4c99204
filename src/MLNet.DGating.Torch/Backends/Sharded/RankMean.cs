using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Replaces what ranks have trained by its mean over them, each with the weight of its training rows.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="share">The share of the training rows that this rank holds.</param>
internal sealed class RankMean(IRanks ranks, float share)
{
    private float[] _values = [];

    /// <summary>Replaces the state of a network.</summary>
    /// <param name="network">The network of this rank.</param>
    /// <param name="gateDepth">The gate depth of its steps.</param>
    public void Replace(IAveragedNetwork network, double gateDepth)
    {
        CpuMatrix[] trained = [.. network.Trained];
        int count = trained.Sum(matrix => matrix.Elements);
        if (_values.Length < count)
        {
            _values = new float[count];
        }

        Span<float> rest = _values;
        foreach (CpuMatrix matrix in trained)
        {
            TensorPrimitives.Multiply(matrix.Span, share, rest);
            rest = rest[matrix.Elements..];
        }

        Span<float> all = _values.AsSpan(0, count);
        ranks.AllReduce(all);
        foreach (CpuMatrix matrix in trained)
        {
            matrix.Write(all[..matrix.Elements]);
            all = all[matrix.Elements..];
        }

        network.Renew(gateDepth);
    }
}
