using MLNet.DGating.Torch.Evaluation;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Ends a path where smaller counts can no longer be chosen, by the first round of the refit at each count.</summary>
/// <remarks>Two counts in a row must be hopeless, since a single one may be so by chance.</remarks>
/// <param name="selector">Compares candidates on the held-out rows.</param>
internal sealed class LadderScreen(OneStandardErrorSelector selector)
{
    private const int HopelessInARow = 2;

    private double[]? _best;
    private int _hopeless;

    /// <summary>Adds the refit at the next smaller count, and tells whether the path goes on.</summary>
    public bool GoesOn(RefitResult refit)
    {
        double[] losses = refit.HeldOutBoundedLosses;
        if (_best is null || selector.Gain(losses, _best).Mean > 0)
        {
            _best = losses;
        }

        _hopeless = selector.CanWin(losses, _best, rounds: 1) ? 0 : _hopeless + 1;
        return _hopeless < HopelessInARow;
    }
}
