using System.Numerics;

namespace MLNet.DGating.Torch.Search;

/// <summary>Successive halving (Jamieson and Talwalkar 2016): most of the time goes to candidates that may win.</summary>
/// <remarks>
/// All candidates are tried with little effort, the better half of them with twice that, and so on up to the effort of an ordinary fit.
/// </remarks>
internal static class SuccessiveHalving
{
    // A quarter of the effort tells candidates apart; what less says of a path, whose λ would grow by a third an iteration, is not worth
    // having.
    private const int MostRungs = 3;

    /// <summary>Rungs for so many candidates: 1 for 2 or 3, 2 for 4 to 7, else 3.</summary>
    public static int Rungs(int candidates) => Math.Clamp(BitOperations.Log2((uint)candidates), 1, MostRungs);

    /// <summary>A rung's share of the effort of an ordinary fit: 1 on the last.</summary>
    public static double Effort(int rung, int rungs) => 1.0 / (1 << (rungs - 1 - rung));

    /// <summary>
    /// The better half of a rung's candidates, rounded up, and candidate 0, to which all others are compared in the end; ascending.
    /// </summary>
    public static int[] Promote(IReadOnlyList<(int Candidate, double BoundedLoss)> rung) =>
    [
        .. rung.OrderBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate).Take((rung.Count + 1) / 2)
            .Select(trial => trial.Candidate).Append(0).Distinct().Order(),
    ];
}
