using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>One candidate model: a count of a path, refitted and evaluated on held-out rows.</summary>
/// <param name="Noise">The input noise of its path.</param>
/// <param name="Path">The path it lies on.</param>
/// <param name="Snapshot">Its groups.</param>
/// <param name="Refit">Its parameters and the loss of each held-out row.</param>
internal sealed record Candidate(double Noise, PathResult Path, PathSnapshot Snapshot, RefitResult Refit) : ICandidate
{
    public int Count => Snapshot.Groups.Length;

    public double[] HeldOutLosses => Refit.HeldOutLosses;

    public double[] HeldOutBoundedLosses => Refit.HeldOutBoundedLosses;
}
