using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>What a fit gives: a network on the selected groups alone, and how it came to them.</summary>
internal sealed record FitResult
{
    /// <summary>The selected groups, ascending.</summary>
    public required int[] Groups { get; init; }

    /// <summary>The network's layers; without groups, a constant.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>Its parameters: the gated layer has the selected groups' columns only, the gates are 1.</summary>
    public required NetworkState State { get; init; }

    /// <summary>How the training set's inputs become columns, of all groups.</summary>
    public required InputEncoding Encoding { get; init; }

    /// <summary>The λ at which each group left; +∞ if it did not.</summary>
    public required double[] LambdaOut { get; init; }

    /// <summary>The path.</summary>
    public required IReadOnlyList<PathPoint> Points { get; init; }

    /// <summary>The noise given or chosen.</summary>
    public required double InputNoise { get; init; }

    /// <summary>How near the end of the path is to a stationary point; null where nobody asked.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>The task's metric on the rows that the choice was made by; NaN where there was none.</summary>
    public double HeldOutMetric { get; init; } = double.NaN;

    /// <summary>The fit that a candidate is.</summary>
    public static FitResult Of(Candidate candidate, InputEncoding encoding)
    {
        // The path ends at the selection: what is selected has not left, what is not has left by the last λ.
        PathResult path = candidate.Path;
        var lambdaOut = (double[])path.LambdaOut.Clone();
        var selected = candidate.Snapshot.Groups.ToHashSet();
        for (int j = 0; j < lambdaOut.Length; j++)
        {
            lambdaOut[j] = selected.Contains(j) ? double.PositiveInfinity : Math.Min(lambdaOut[j], path.Points[^1].Lambda);
        }

        return new FitResult
        {
            Groups = candidate.Snapshot.Groups,
            Shape = candidate.Refit.Shape,
            State = candidate.Refit.State,
            Encoding = encoding,
            LambdaOut = lambdaOut,
            Points = path.Points,
            InputNoise = candidate.Noise,
            Certificate = path.Certificate,
            HeldOutMetric = candidate.Refit.HeldOutMetric,
        };
    }
}
