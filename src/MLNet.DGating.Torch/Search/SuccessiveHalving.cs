using System.Numerics;

namespace MLNet.DGating.Torch.Search;

/// <summary>Plans successive halving (Jamieson and Talwalkar 2016), which spends most of the time on candidates that may win.</summary>
/// <remarks>
/// All candidates are tried with little effort, the better half of them with twice that effort, and so on up to that of an ordinary fit.
/// </remarks>
internal static class SuccessiveHalving
{
    // With a quarter of the effort candidates can be compared. With less, λ would grow by a third an iteration, and the path would predict
    // too little of that of an ordinary fit.
    private const int MostRungs = 3;

    /// <summary>Gives the number of rungs for a number of candidates: 1 for 2 or 3, 2 for 4 to 7, else 3.</summary>
    public static int Rungs(int candidates) => Math.Clamp(BitOperations.Log2((uint)candidates), 1, MostRungs);

    /// <summary>Gives a rung's share of the effort of an ordinary fit, which is 1 on the last rung.</summary>
    /// <param name="rung">The number of the rung, from 0.</param>
    /// <param name="rungs">The number of rungs.</param>
    public static double Effort(int rung, int rungs) => 1.0 / (1 << (rungs - 1 - rung));

    /// <summary>Gives the candidates of the next rung, ascending: the better half, rounded up, and candidate 0.</summary>
    /// <remarks>All candidates are compared with candidate 0 in the end.</remarks>
    public static int[] Promote(IReadOnlyList<(int Candidate, double BoundedLoss)> rung) =>
    [
        .. rung.OrderBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate).Take((rung.Count + 1) / 2)
            .Select(trial => trial.Candidate).Append(0).Distinct().Order(),
    ];
}
