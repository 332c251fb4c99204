using System.Numerics;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Divides the iterations of a refit into rounds, each about twice as long as the one before.</summary>
/// <remarks>
/// In every round the step size falls from its full value to zero, so that the network at its end can be judged, and the refit can stop
/// there or go on (docs/theory.md §8).
/// </remarks>
internal static class RefitRounds
{
    /// <summary>The end of the rounds where the refit goes half of the way to the end of its first round.</summary>
    public const double Halfway = 0.5;

    private const int Most = 4;

    /// <summary>The share of the first of two rounds.</summary>
    private const double FirstOfTwo = 0.2;

    /// <summary>Gives the number of iterations of two rounds: 12 and 48 of 60.</summary>
    /// <param name="iterations">The iterations of the whole refit, at least 0.</param>
    public static int[] Two(int iterations)
    {
        int first = (int)Math.Round(FirstOfTwo * iterations);
        return first > 0 ? [first, iterations - first] : Of(iterations);
    }

    /// <summary>Gives the number of iterations of each round: 4, 8, 16 and 32 of 60.</summary>
    /// <param name="iterations">The iterations of the whole refit, at least 0; fewer than 15 have fewer than four rounds.</param>
    public static int[] Of(int iterations)
    {
        int rounds = Math.Min(Most, BitOperations.Log2((uint)iterations + 1));
        int parts = (1 << rounds) - 1;
        int[] ends = [.. Enumerable.Range(0, rounds + 1).Select(i => (int)Math.Round((double)iterations * ((1 << i) - 1) / parts))];
        return [.. Enumerable.Range(0, rounds).Select(i => ends[i + 1] - ends[i])];
    }
}
