using System.Numerics;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Search;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016): all candidates are tried with little effort, the better half of them with twice
/// that, and so on up to the effort of an ordinary fit, so that most of the time goes to candidates that may win.
/// </summary>
internal static class SuccessiveHalving
{
    // A quarter of the effort tells candidates apart; what less says of a path, whose λ would grow by a third an iteration, is not worth having.
    private const int MostRungs = 3;

    /// <summary>Rungs for so many candidates: 1 for 2 or 3, 2 for 4 to 7, else 3.</summary>
    public static int Rungs(int candidates) => Math.Clamp(BitOperations.Log2((uint)candidates), 1, MostRungs);

    /// <summary>A rung's share of the effort of an ordinary fit: 1 on the last.</summary>
    public static double Effort(int rung, int rungs) => 1.0 / (1 << (rungs - 1 - rung));

    /// <summary>The better half of a rung's candidates, rounded up, ascending; and candidate 0, to which all others are compared in the end, if it is not among them.</summary>
    public static int[] Promote(IReadOnlyList<(int Candidate, double BoundedLoss)> rung) =>
    [
        .. rung.OrderBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate).Take((rung.Count + 1) / 2)
            .Select(trial => trial.Candidate).Append(0).Distinct().Order(),
    ];

    /// <summary>The same settings with a part of the iterations: λ grows in fewer, larger steps, and the refit is shorter. The dense phase, without which a path starts nowhere, stays.</summary>
    public static TrainingSettings Shorten(TrainingSettings settings, double effort) => settings with
    {
        LambdaGrowth = Math.Pow(settings.LambdaGrowth, 1 / effort),
        HoldIterations = Part(settings.HoldIterations, effort),
        RefitIterations = Part(settings.RefitIterations, effort),
    };

    private static int Part(int iterations, double effort) => (int)Math.Ceiling(iterations * effort);
}
