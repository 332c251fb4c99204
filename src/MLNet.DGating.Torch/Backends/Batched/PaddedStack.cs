using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Tensors of single members as one, along the axis of members.</summary>
internal static class PaddedStack
{
    /// <summary>Where a member is narrower than the widest, zeros follow.</summary>
    public static Tensor Of(IEnumerable<Tensor> members, int dimension, int size) => cat([.. members.Select(member => Padded(member, dimension, size))], 0);

    private static Tensor Padded(Tensor member, int dimension, int size)
    {
        long missing = size - member.shape[dimension];
        if (missing == 0)
        {
            return member;
        }

        // Two numbers a dimension, the last dimension first.
        var padding = new long[2 * (member.dim() - dimension)];
        padding[^1] = missing;
        return nn.functional.pad(member, padding);
    }
}
