namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>
/// The loss that a network is trained for, with its gradient by the scores: on spans for the CPU, on tensors for devices.
/// </summary>
/// <remarks>
/// The two must agree to rounding (docs/theory.md §12). Scores are [rows, outputs], targets [rows, target width], both row by row. A loss
/// may couple the rows of a batch.
/// </remarks>
internal abstract class Loss
{
    /// <summary>Scores of a row: 1, or the number of classes.</summary>
    public abstract int Outputs { get; }

    /// <summary>Numbers to predict of a row.</summary>
    public virtual int TargetWidth => 1;

    /// <summary>The size of scores: 1 for one score, or one a class.</summary>
    public virtual float ScoreUnit => 1;

    /// <summary>The mean loss of the null model: of the mean of standardized numbers, or of equal probabilities.</summary>
    public abstract double NullModelLoss { get; }

    /// <summary>What a loss is multiplied by where users read it: 2 for half a squared error.</summary>
    public virtual double ReportedFactor => 1;

    /// <summary>
    /// The least standard error to believe of a mean bounded loss, by the number of rows: that of an error rate with two errors added.
    /// </summary>
    /// <remarks>Agresti and Coull 1998.</remarks>
    public virtual double BoundedLossResolution(int rows) => Math.Sqrt(2) / rows;

    /// <summary>How much more bounded loss than the best candidate's still counts as good.</summary>
    public virtual double BoundedLossTolerance => 0;

    /// <summary>Writes what candidates are compared by, of each row: a bounded proper score, 0 for a perfect prediction (docs/theory.md §13).</summary>
    /// <param name="scores">[rows, outputs].</param>
    /// <param name="targets">[rows, target width].</param>
    /// <param name="bounded">[rows].</param>
    public abstract void EvaluateBounded(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> bounded);

    /// <summary>Writes the gradient of a batch, weighted and scaled; gives the weighted sum of its losses.</summary>
    /// <param name="scores">[rows, outputs].</param>
    /// <param name="targets">[rows, target width].</param>
    /// <param name="weights">[rows]; 0 for padding.</param>
    /// <param name="scale">Multiplies the gradient.</param>
    /// <param name="gradient">∂loss/∂scores [rows, outputs].</param>
    public abstract double Gradient(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float scale, Span<float> gradient);

    /// <summary>Writes the loss of each row.</summary>
    public abstract void Evaluate(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> losses);

    /// <summary>The losses [networks, rows] and ∂loss/∂scores [networks, rows, outputs] of a batch of each of several networks.</summary>
    /// <remarks>Scores are [networks, rows, outputs], targets [networks, rows, target width]. The caller owns both results.</remarks>
    public abstract (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets);

    /// <summary>The constant scores [outputs] that fit best without any feature: where the output biases start.</summary>
    /// <param name="targets">[rows, target width].</param>
    /// <param name="weights">[rows]; empty where all are 1.</param>
    public abstract float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);
}
