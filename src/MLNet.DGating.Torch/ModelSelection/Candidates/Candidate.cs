using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Holds a candidate model: the groups of a path at one count, refitted and evaluated on held-out rows.</summary>
/// <param name="Noise">The input noise of the path, a deviation.</param>
/// <param name="Path">The path that the candidate lies on.</param>
/// <param name="Snapshot">The groups of the candidate.</param>
/// <param name="Refit">The refitted parameters, and the loss of each held-out row.</param>
internal sealed record Candidate(double Noise, PathResult Path, PathSnapshot Snapshot, RefitResult Refit) : ICandidate
{
    public int Count => Snapshot.Groups.Length;

    public double[] HeldOutLosses => Refit.HeldOutLosses;

    public double[] HeldOutBoundedLosses => Refit.HeldOutBoundedLosses;
}
