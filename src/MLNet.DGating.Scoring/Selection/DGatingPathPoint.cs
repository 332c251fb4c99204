namespace MLNet.DGating;

/// <summary>One point of the regularization path: what was left, and how well it predicted, when λ had grown to a value.</summary>
/// <param name="Lambda">The sparsity regularization λ, at least 0.</param>
/// <param name="FeatureCount">Features (groups of slots) still in the model.</param>
/// <param name="TrainingLoss">The mean loss on the training rows, penalties not counted.</param>
/// <param name="ValidationLoss">The same on the rows held out; <see cref="double.NaN"/> when none were.</param>
public readonly record struct DGatingPathPoint(double Lambda, int FeatureCount, double TrainingLoss, double ValidationLoss)
{
    /// <summary>Accuracy (classes) or R² (numbers) on the rows held out; <see cref="double.NaN"/> when none were.</summary>
    public double Metric { get; init; } = double.NaN;
}
