using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Randomness;

/// <summary>Generates random bits in sixteen lanes, by xoshiro128+. Its highest bits are its best ones.</summary>
internal sealed class RandomLanes : IResumable
{
    private Vector512<uint> _s0, _s1, _s2, _s3;

    public RandomLanes(RandomStream seeds)
    {
        _s0 = Seed(seeds);
        _s1 = Seed(seeds);
        _s2 = Seed(seeds);
        _s3 = Seed(seeds);
    }

    /// <summary>Draws sixteen integers of 32 bits.</summary>
    public Vector512<uint> Next()
    {
        Vector512<uint> result = _s0 + _s3;
        Vector512<uint> t = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = (_s3 << 11) | (_s3 >>> 21);
        return result;
    }

    public void Exchange(StateExchange state)
    {
        state.Value(ref _s0);
        state.Value(ref _s1);
        state.Value(ref _s2);
        state.Value(ref _s3);
    }

    private static Vector512<uint> Seed(RandomStream seeds)
    {
        Span<ulong> lanes = stackalloc ulong[Vector512<ulong>.Count];
        foreach (ref ulong lane in lanes)
        {
            lane = seeds.NextUInt64();
        }

        return Vector512.Create<uint>(MemoryMarshal.Cast<ulong, uint>(lanes));
    }
}
