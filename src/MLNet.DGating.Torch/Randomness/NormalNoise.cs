using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Randomness;

/// <summary>Generates standard normal noise by the Box-Muller transform.</summary>
/// <remarks>
/// Input noise needs one normal number for every feature value of every batch, so it must cost less than the matrix products. Logarithm and
/// sine are therefore polynomials, exact to 3e-6 and 1e-6, which makes no measurable difference to the noise.
/// </remarks>
internal sealed class NormalNoise(RandomStream seeds) : IResumable
{
    private const float Scale = 1f / (1 << 24);
    private readonly RandomLanes _lanes = new(seeds);

    /// <summary>Adds independent numbers with the distribution N(0, deviation²) to all values.</summary>
    public void AddTo(Span<float> values, float deviation)
    {
        int pair = 2 * Vector512<float>.Count;
        int whole = values.Length - values.Length % pair;
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(values[..whole]);
        for (int i = 0; i < vectors.Length; i += 2)
        {
            (Vector512<float> first, Vector512<float> second) = NextPair();
            vectors[i] += first * deviation;
            vectors[i + 1] += second * deviation;
        }

        if (whole < values.Length)
        {
            (Vector512<float> first, Vector512<float> second) = NextPair();
            Span<float> last = stackalloc float[pair];
            first.CopyTo(last);
            second.CopyTo(last[Vector512<float>.Count..]);
            for (int i = whole; i < values.Length; i++)
            {
                values[i] += deviation * last[i - whole];
            }
        }
    }

    /// <summary>Draws an integer uniformly from 0 to a power of two, exclusive.</summary>
    public int NextInt32(int powerOfTwo) => (int)(_lanes.Next().GetElement(0) >>> (BitOperations.LeadingZeroCount((uint)powerOfTwo) + 1));

    public void Exchange(StateExchange state) => _lanes.Exchange(state);

    private (Vector512<float> Cosine, Vector512<float> Sine) NextPair()
    {
        // u is in (0, 1], so that the logarithm is finite.
        Vector512<float> u = (ToSingle(_lanes.Next() >>> 8) + Vector512<float>.One) * Scale;
        var radius = Vector512.Sqrt(Logarithm(u) * -2f);

        // The angle in the first quadrant is drawn from 22 bits. The two highest bits, which are the best ones of xoshiro128+, give the
        // signs of its cosine and sine.
        Vector512<uint> bits = _lanes.Next();
        var sign = Vector512.Create(0x8000_0000u);
        Vector512<float> quarter = ToSingle((bits << 2) >>> 10) * (4 * Scale);
        Vector512<float> sine = SineOfQuarters(quarter), cosine = SineOfQuarters(Vector512<float>.One - quarter);
        return (WithSign(radius * cosine, bits & sign), WithSign(radius * sine, (bits << 1) & sign));
    }

    // Uses log(m 2^e) = e log 2 + log m, with m in [√½, √2) and log(1 + f) = f p(f) there.
    private static Vector512<float> Logarithm(Vector512<float> x)
    {
        const uint rootOfHalf = 0x3f35_04f3;
        Vector512<uint> offset = x.AsUInt32() - Vector512.Create(rootOfHalf);
        var exponent = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(offset.AsInt32(), 23));
        Vector512<float> f = ((offset & Vector512.Create(0x007f_ffffu)) + Vector512.Create(rootOfHalf)).AsSingle() - Vector512<float>.One;
        var p = Vector512.Create(-0.14021623f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.21965708f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-0.25433356f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.33265906f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-0.49989480f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.00000374f));
        return p * f + exponent * 0.69314718f;
    }

    // Computes sin(π t / 2) = t p(t²) for t in [0, 1].
    private static Vector512<float> SineOfQuarters(Vector512<float> t)
    {
        Vector512<float> s = t * t;
        var p = Vector512.Create(-0.0043705859f);
        p = Vector512.FusedMultiplyAdd(p, s, Vector512.Create(0.0795000068f));
        p = Vector512.FusedMultiplyAdd(p, s, Vector512.Create(-0.6459257208f));
        p = Vector512.FusedMultiplyAdd(p, s, Vector512.Create(1.5707951284f));
        return p * t;
    }

    private static Vector512<float> WithSign(Vector512<float> value, Vector512<uint> sign) => (value.AsUInt32() ^ sign).AsSingle();

    // The signed conversion, which every processor has, is exact for numbers below 2^24.
    private static Vector512<float> ToSingle(Vector512<uint> value) => Vector512.ConvertToSingle(value.AsInt32());
}
