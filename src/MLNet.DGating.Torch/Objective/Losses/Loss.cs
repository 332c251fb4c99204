namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the loss that a network is trained for, and its gradient by the scores.</summary>
/// <remarks>
/// There is one form on spans for the CPU and one on tensors for devices; both must agree to rounding (docs/theory.md §12). Scores are
/// [rows, outputs] and targets [rows, target width], row by row. A loss may couple the rows of a batch.
/// </remarks>
internal abstract class Loss
{
    /// <summary>The number of scores of a row: 1, or the number of classes or slots.</summary>
    public abstract int Outputs { get; }

    /// <summary>The count of numbers that are predicted for a row.</summary>
    public virtual int TargetWidth => 1;

    /// <summary>The score of a target of 1. It is below 1 where many targets share one loss.</summary>
    public virtual float ScoreUnit => 1;

    /// <summary>The mean loss of the null model, which predicts the mean of standardized numbers or equal probabilities.</summary>
    public abstract double NullModelLoss { get; }

    /// <summary>The factor of a loss where users read it: 2 for half a squared error.</summary>
    public virtual double ReportedFactor => 1;

    /// <summary>The power of the label's unit that a loss has: 2 for a square, 1 for a distance, 0 for a number without unit.</summary>
    public virtual int UnitPower => 0;

    /// <summary>Whether the gradient is continuous in the scores, so that a fit can be taken to a stationary point.</summary>
    public virtual bool IsSmooth => true;

    /// <summary>The factor of the step size that is right for squared errors; below 1 where the gradient can grow fast.</summary>
    public virtual double StepFactor => 1;

    /// <summary>Gives the loss with what it needs to know of the targets of the training rows.</summary>
    /// <param name="targets">The targets [rows, target width].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    /// <param name="unit">The size of a target of 1 in the label's unit.</param>
    public virtual Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unit) => this;

    /// <summary>Gives the least standard error of a mean bounded loss over a number of rows.</summary>
    /// <remarks>It is that of an error rate with two errors added (Agresti and Coull 1998).</remarks>
    public virtual double BoundedLossResolution(int rows) => Math.Sqrt(2) / rows;

    /// <summary>The bounded loss by which a candidate may be worse than the best one and still count as equally good.</summary>
    public virtual double BoundedLossTolerance => 0;

    /// <summary>Computes the bounded loss of each row, by which candidates are compared: 0 for a perfect prediction.</summary>
    /// <remarks>docs/theory.md §13 has the reason.</remarks>
    /// <param name="scores">[rows, outputs].</param>
    /// <param name="targets">[rows, target width].</param>
    /// <param name="bounded">[rows].</param>
    public abstract void EvaluateBounded(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> bounded);

    /// <summary>Writes the weighted and scaled gradient of a batch, and gives the weighted sum of its losses.</summary>
    /// <param name="scores">The scores [rows, outputs].</param>
    /// <param name="targets">The targets [rows, target width].</param>
    /// <param name="weights">The weights [rows]; 0 for padding.</param>
    /// <param name="scale">The factor of the gradient.</param>
    /// <param name="gradient">Receives ∂loss/∂scores [rows, outputs].</param>
    public abstract double Gradient(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float scale, Span<float> gradient);

    /// <summary>Computes the loss of each row.</summary>
    /// <param name="scores">The scores [rows, outputs].</param>
    /// <param name="targets">The targets [rows, target width].</param>
    /// <param name="losses">Receives the losses [rows].</param>
    public abstract void Evaluate(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> losses);

    /// <summary>Computes losses [networks, rows] and ∂loss/∂scores [networks, rows, outputs] for a batch of several networks.</summary>
    /// <remarks>The caller owns both results.</remarks>
    /// <param name="scores">The scores [networks, rows, outputs].</param>
    /// <param name="targets">The targets [networks, rows, target width].</param>
    public abstract (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets);

    /// <summary>Computes the constant scores that fit best without features [outputs]. The output biases start there.</summary>
    /// <param name="targets">The targets [rows, target width].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public abstract float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);
}
