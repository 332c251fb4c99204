using System.Numerics;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Randomness;

/// <summary>Generates a stream of random numbers (xoshiro256**, Blackman and Vigna 2018).</summary>
/// <remarks>
/// All random numbers of a fit come from streams that are derived from one seed, so that no global generator is used or changed.
/// </remarks>
internal sealed class RandomStream : IResumable
{
    /// <summary>The bytes of its state.</summary>
    public const int StateBytes = 4 * sizeof(ulong);

    private ulong _s0, _s1, _s2, _s3;

    /// <param name="seed">The seed of the fit.</param>
    /// <param name="purpose">The number of the stream; streams of different numbers are independent.</param>
    public RandomStream(int seed, int purpose)
    {
        ulong state = ((ulong)(uint)seed << 32) | (uint)purpose;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Draws a number uniformly from [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws an integer uniformly from 0 … bound − 1.</summary>
    /// <remarks>Lemire's multiplication has a bias below 2⁻³², which has no effect here.</remarks>
    public int NextInt32(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);

    /// <summary>Draws a 64-bit integer uniformly from 0 … bound − 1.</summary>
    public long NextInt64(long bound) => (long)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Fills a span with numbers drawn uniformly from [−bound, bound).</summary>
    public void FillUniform(Span<float> values, double bound)
    {
        foreach (ref float value in values)
        {
            value = (float)((2 * NextDouble() - 1) * bound);
        }
    }

    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    public void Exchange(StateExchange state)
    {
        state.Value(ref _s0);
        state.Value(ref _s1);
        state.Value(ref _s2);
        state.Value(ref _s3);
    }

    // SplitMix64 spreads similar seeds over the whole state space, as the authors of xoshiro advise.
    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
