using MLNet.DGating.Torch.ModelSelection.Candidates;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

/// <summary>A candidate of given losses, which are their own bounded losses.</summary>
internal sealed record EvaluatedCandidate(int Count, double[] HeldOutLosses) : ICandidate
{
    public double Noise => 0;

    public double[] HeldOutBoundedLosses => HeldOutLosses;
}
