using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.DGating.Torch;

/// <summary>
/// Standard normal noise, eight lanes at a time: xoshiro128+ a lane, then the Box-Muller transform. Input noise needs one
/// normal for every number of every batch, so it has to cost less than the matrix products it goes into.
/// </summary>
internal sealed class NormalNoise
{
    private const float Scale = 1f / (1 << 24);
    private Vector256<uint> _s0, _s1, _s2, _s3;

    public NormalNoise(RandomStream seeds)
    {
        _s0 = Seed(seeds);
        _s1 = Seed(seeds);
        _s2 = Seed(seeds);
        _s3 = Seed(seeds);
    }

    /// <summary>values += N(0, deviation²), independently.</summary>
    public void AddTo(Span<float> values, float deviation)
    {
        int pair = 2 * Vector256<float>.Count;
        int i = 0;
        for (; i <= values.Length - pair; i += pair)
        {
            (Vector256<float> first, Vector256<float> second) = NextPair();
            Span<float> part = values.Slice(i, pair);
            (Vector256.Create<float>(part) + first * deviation).CopyTo(part);
            Span<float> rest = part[Vector256<float>.Count..];
            (Vector256.Create<float>(rest) + second * deviation).CopyTo(rest);
        }

        if (i < values.Length)
        {
            (Vector256<float> first, Vector256<float> second) = NextPair();
            Span<float> last = stackalloc float[pair];
            first.CopyTo(last);
            second.CopyTo(last[Vector256<float>.Count..]);
            for (int lane = 0; i < values.Length; i++, lane++)
            {
                values[i] += deviation * last[lane];
            }
        }
    }

    private (Vector256<float> Cosine, Vector256<float> Sine) NextPair()
    {
        // u in (0, 1], so that the logarithm is finite.
        Vector256<float> u = (NextUniform() + Vector256.Create(1f)) * Scale;
        Vector256<float> angle = NextUniform() * (2 * MathF.PI * Scale);
        Vector256<float> radius = Vector256.Sqrt(Vector256.Log(u) * -2f);
        (Vector256<float> sine, Vector256<float> cosine) = Vector256.SinCos(angle);
        return (radius * cosine, radius * sine);
    }

    // 0 … 2^24 − 1 from the upper bits, which are the good ones of xoshiro128+.
    private Vector256<float> NextUniform()
    {
        Vector256<uint> result = _s0 + _s3;
        Vector256<uint> t = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = (_s3 << 11) | (_s3 >>> 21);
        return Vector256.ConvertToSingle((result >>> 8).AsInt32());
    }

    private static Vector256<uint> Seed(RandomStream seeds)
    {
        Span<ulong> lanes = stackalloc ulong[Vector256<ulong>.Count];
        foreach (ref ulong lane in lanes)
        {
            lane = seeds.NextUInt64();
        }

        return Vector256.Create<uint>(MemoryMarshal.Cast<ulong, uint>(lanes));
    }
}
