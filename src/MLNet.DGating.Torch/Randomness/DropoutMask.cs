using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Randomness;

/// <summary>Draws the masks of dropout: 0 with probability p, else 1 / (1 − p), so that the mean of a masked value is the value.</summary>
internal sealed class DropoutMask(RandomStream seeds) : IResumable
{
    private readonly RandomLanes _lanes = new(seeds);

    /// <summary>Fills a mask.</summary>
    /// <param name="mask">The mask to fill.</param>
    /// <param name="probability">p, above 0 and below 1.</param>
    public void Fill(Span<float> mask, float probability)
    {
        var threshold = Vector512.Create((uint)(probability * uint.MaxValue));
        var kept = Vector512.Create(1 / (1 - probability));
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(mask);
        foreach (ref Vector512<float> vector in vectors)
        {
            vector = Vector512.GreaterThan(_lanes.Next(), threshold).AsSingle() & kept;
        }

        Span<float> rest = mask[(vectors.Length * Vector512<float>.Count)..];
        if (rest.Length > 0)
        {
            Span<float> last = stackalloc float[Vector512<float>.Count];
            (Vector512.GreaterThan(_lanes.Next(), threshold).AsSingle() & kept).CopyTo(last);
            last[..rest.Length].CopyTo(rest);
        }
    }

    public void Exchange(StateExchange state) => _lanes.Exchange(state);
}
