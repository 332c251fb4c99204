using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>What a fit gives: a network on the selected groups alone, and how it came to them.</summary>
/// <param name="Groups">The selected groups, ascending.</param>
/// <param name="Shape">The network's layers; without groups, a constant.</param>
/// <param name="State">Its parameters: the first layer has the selected groups' columns only, the gates are 1.</param>
/// <param name="Scaling">Standardization of the training set's columns.</param>
/// <param name="LambdaOut">The λ at which each group left; +∞ if it did not.</param>
/// <param name="Points">The path.</param>
/// <param name="InputNoise">The noise given or chosen.</param>
/// <param name="Certificate">How near the end of the path is to a stationary point; null where nobody asked.</param>
internal sealed record FitResult(
    int[] Groups, NetworkShape Shape, NetworkState State, ColumnScaling Scaling, double[] LambdaOut, IReadOnlyList<PathPoint> Points, double InputNoise, Stationarity? Certificate = null)
{
    /// <summary>Accuracy or R² on the rows that the choice was made by; NaN where there was none.</summary>
    public double HeldOutMetric { get; init; } = double.NaN;

    public static FitResult Of(Candidate trial, ColumnScaling scaling)
    {
        // The path ends at the selection: what is selected has not left, what is not has left by the last λ.
        var lambdaOut = (double[])trial.Path.LambdaOut.Clone();
        var selected = trial.Snapshot.Groups.ToHashSet();
        for (int j = 0; j < lambdaOut.Length; j++)
        {
            lambdaOut[j] = selected.Contains(j) ? double.PositiveInfinity : Math.Min(lambdaOut[j], trial.Path.Points[^1].Lambda);
        }

        return new FitResult(trial.Snapshot.Groups, trial.Refit.Shape, trial.Refit.State, scaling, lambdaOut, trial.Path.Points, trial.Noise, trial.Path.Certificate)
        {
            HeldOutMetric = trial.Refit.HeldOutMetric,
        };
    }
}
