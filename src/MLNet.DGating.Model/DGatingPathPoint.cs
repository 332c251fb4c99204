namespace MLNet.DGating;

/// <summary>One point of the regularization path: what was left, and how well it predicted, when λ had grown to a value.</summary>
public readonly record struct DGatingPathPoint
{
    /// <summary>Creates a point whose metric is unknown.</summary>
    public DGatingPathPoint()
    {
    }

    /// <summary>The sparsity regularization λ, at least 0.</summary>
    public required double Lambda { get; init; }

    /// <summary>Features (groups of slots) still in the model.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The mean loss on the training rows, without penalties: log-loss in nats, or squared error in the label's unit.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The same on the rows held out; <see cref="double.NaN"/> when none were.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Accuracy (classes) or R² (numbers) on the rows held out; <see cref="double.NaN"/> when none were.</summary>
    public double Metric { get; init; } = double.NaN;
}
