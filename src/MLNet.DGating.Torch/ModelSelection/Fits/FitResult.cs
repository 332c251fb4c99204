using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Holds the result of a fit: a network of the selected groups, and the path that selected them.</summary>
internal sealed record FitResult
{
    /// <summary>The selected groups, ascending.</summary>
    public required int[] Groups { get; init; }

    /// <summary>The layers of the network; without selected groups it is a constant.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>The parameters: the gated layer has the columns of the selected groups alone, and all gates are 1.</summary>
    public required NetworkState State { get; init; }

    /// <summary>The encoding of all inputs of the training set as columns.</summary>
    public required InputEncoding Encoding { get; init; }

    /// <summary>The number K of neurons of each group in the first hidden layer; 0 where groups share its neurons.</summary>
    public int EmbeddingWidth { get; init; }

    /// <summary>Whether the hidden neurons are blocks of pairs of features beside curves (<see cref="PairNetwork"/>).</summary>
    public bool HasPairs { get; init; }

    /// <summary>The numbers of the rows that the model was trained on, which its encoding follows from; null if not known.</summary>
    public int[]? TrainingRows { get; init; }

    /// <summary>The λ at which each group left; +∞ for the selected groups.</summary>
    public required double[] LambdaOut { get; init; }

    /// <summary>The points of the path.</summary>
    public required IReadOnlyList<PathPoint> Points { get; init; }

    /// <summary>The input noise that was given or chosen, a deviation.</summary>
    public required double InputNoise { get; init; }

    /// <summary>The certificate of the end of the path; null unless one was requested.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>The task's metric on the rows held out for choices; NaN where there were none.</summary>
    public double HeldOutMetric { get; init; } = double.NaN;

    /// <summary>Whether held-out rows, or else the training rows, show that the model predicts better than a constant.</summary>
    public bool IsBetterThanConstant { get; init; } = true;

    /// <summary>The factor of the scores by which probabilities were calibrated; it is in <see cref="State"/> already.</summary>
    public double Calibration { get; init; } = 1;

    /// <summary>How the count was chosen; null where it was not.</summary>
    public FeatureCountChoice? Choice { get; init; }

    /// <summary>Creates the result whose model is a candidate.</summary>
    public static FitResult Of(Candidate candidate, InputEncoding encoding)
    {
        // The path ends at the selection: a selected group counts as not having left, any other as having left by the last λ.
        PathResult path = candidate.Path;
        double[] lambdaOut = (double[])path.LambdaOut.Clone();
        HashSet<int> selected = candidate.Snapshot.Groups.ToHashSet();
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
            EmbeddingWidth = candidate.Refit.EmbeddingWidth,
            LambdaOut = lambdaOut,
            Points = path.Points,
            InputNoise = candidate.Noise,
            Certificate = path.Certificate,
            HeldOutMetric = candidate.Refit.HeldOutMetric,
        };
    }
}
