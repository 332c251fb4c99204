using System.Globalization;

// This namespace encloses those of all tests, so that its extension methods go before CsCheck's own, which a using directive brings.
namespace MLNet.DGating;

// Here, since one of the projects has it as a global one.
using CsCheck;

/// <summary>CsCheck's Sample, which draws the same samples in every run where the environment variable DGATING_SEED has a number.</summary>
/// <remarks>
/// CI sets it (.ci/run). A seed given to CsCheck is that of the first sample alone; the others follow the clock and the threads. Here
/// the samples come one after another, each with a seed of its own that follows from the number. A failure names its seed: set as
/// CsCheck_Seed, without the number, it is drawn first, and CsCheck then looks for a smaller sample that fails.
/// </remarks>
internal static class SeededSamples
{
    private static readonly ulong? s_seed =
        Environment.GetEnvironmentVariable("DGATING_SEED") is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;

    public static void Sample<T>(this Gen<T> gen, Action<T> assert, long iter = -1, int threads = -1) =>
        Run(s_seed, (seed, count, workers) => Check.Sample(gen, assert, seed: seed, iter: count, threads: workers), iter, threads);

    public static void Sample<T>(this Gen<T> gen, Func<T, bool> predicate, long iter = -1, int threads = -1) =>
        Run(s_seed, (seed, count, workers) => Check.Sample(gen, predicate, seed: seed, iter: count, threads: workers), iter, threads);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> assert, long iter = -1, int threads = -1) =>
        Sample(gen, any => assert(any.Item1, any.Item2), iter, threads);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> predicate, long iter = -1, int threads = -1) =>
        Sample(gen, any => predicate(any.Item1, any.Item2), iter, threads);

    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> assert, long iter = -1, int threads = -1) =>
        Sample(gen, any => assert(any.Item1, any.Item2, any.Item3), iter, threads);

    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> predicate, long iter = -1, int threads = -1) =>
        Sample(gen, any => predicate(any.Item1, any.Item2, any.Item3), iter, threads);

    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> assert, long iter = -1, int threads = -1) =>
        Sample(gen, any => assert(any.Item1, any.Item2, any.Item3, any.Item4), iter, threads);

    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> predicate, long iter = -1, int threads = -1) =>
        Sample(gen, any => predicate(any.Item1, any.Item2, any.Item3, any.Item4), iter, threads);

    public static void Sample<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen, Action<T1, T2, T3, T4, T5> assert, long iter = -1, int threads = -1) =>
        Sample(gen, any => assert(any.Item1, any.Item2, any.Item3, any.Item4, any.Item5), iter, threads);

    public static void Sample<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen, Func<T1, T2, T3, T4, T5, bool> predicate, long iter = -1, int threads = -1) =>
        Sample(gen, any => predicate(any.Item1, any.Item2, any.Item3, any.Item4, any.Item5), iter, threads);

    public static void Sample<T1, T2, T3, T4, T5, T6>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen, Action<T1, T2, T3, T4, T5, T6> assert, long iter = -1, int threads = -1) =>
        Sample(gen, any => assert(any.Item1, any.Item2, any.Item3, any.Item4, any.Item5, any.Item6), iter, threads);

    public static void Sample<T1, T2, T3, T4, T5, T6>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen, Func<T1, T2, T3, T4, T5, T6, bool> predicate, long iter = -1, int threads = -1) =>
        Sample(gen, any => predicate(any.Item1, any.Item2, any.Item3, any.Item4, any.Item5, any.Item6), iter, threads);

    /// <summary>Draws samples: with a number each by itself, else all as CsCheck does.</summary>
    /// <param name="number">What the seeds follow from; null for CsCheck's own.</param>
    /// <param name="sample">Draws samples, given the seed of the first, how many, and on how many threads.</param>
    /// <param name="iter">How many; -1 for CsCheck's default.</param>
    /// <param name="threads">On how many threads without a number; -1 for CsCheck's default.</param>
    internal static void Run(ulong? number, Action<string?, long, int> sample, long iter, int threads)
    {
        if (number is null)
        {
            sample(null, iter, threads);
            return;
        }

        var seeds = new PCG(0, number.Value);
        for (long i = iter < 0 ? Check.Iter : iter; i > 0; i--)
        {
            sample(new PCG(0, seeds.Next64()).ToString(), 1, 1);
        }
    }
}
