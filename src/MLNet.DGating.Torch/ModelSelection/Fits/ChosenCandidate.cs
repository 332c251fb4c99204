using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Holds the candidate that held-out rows chose, and what they say of it.</summary>
/// <param name="Candidate">The candidate, trained without the held-out rows; that of the first fold where there are several.</param>
/// <param name="IsBetterThanConstant">Whether held-out rows show that something predicts them better than a constant.</param>
internal sealed record ChosenCandidate(Candidate Candidate, bool IsBetterThanConstant)
{
    /// <summary>The paths of all folds that led to the candidate.</summary>
    public required PathResult[] Paths { get; init; }

    /// <summary>The end of the rounds of a refit on all rows; null for all rounds.</summary>
    public required double? EndOfRounds { get; init; }

    /// <summary>The factor that calibrates its probabilities.</summary>
    public required double Calibration { get; init; }

    /// <summary>The task's metric on the held-out rows.</summary>
    public required double HeldOutMetric { get; init; }

    /// <summary>How the count was chosen; null where it was given.</summary>
    public FeatureCountChoice? Choice { get; init; }

    /// <summary>A path on all rows that was followed beside those on a part of them, without refits; null where there is none.</summary>
    public PathResult? Whole { get; init; }
}
