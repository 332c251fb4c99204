namespace MLNet.DGating;

/// <summary>Holds one point of the regularization path: the features left at a λ, and how well they predict.</summary>
public readonly record struct DGatingPathPoint
{
    /// <summary>Creates a point whose metric is unknown.</summary>
    public DGatingPathPoint()
    {
    }

    /// <summary>The strength λ of the gate penalty, at least 0.</summary>
    public required double Lambda { get; init; }

    /// <summary>The number of features (groups of slots) still in the model.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The mean loss on the training rows, without penalties: log-loss in nats, or squared error in the label's unit.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The mean loss on the held-out rows, in the same unit; <see cref="double.NaN"/> if there were none.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Accuracy (classes) or R² (numbers) on the held-out rows; <see cref="double.NaN"/> if there were none.</summary>
    public double Metric { get; init; } = double.NaN;
}
