using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>
/// What the network is trained for: the loss of one row and its gradient by the row's scores, once for the CPU
/// (row by row, on spans) and once for devices (batches of all members, on tensors). The two must agree to rounding.
/// </summary>
internal abstract class Loss
{
    /// <summary>Scores the network gives a row: 1, or the number of classes.</summary>
    public abstract int Outputs { get; }

    /// <summary>Numbers to predict of a row: 1, unless rows are to be rebuilt.</summary>
    public abstract int TargetWidth { get; }

    /// <summary>The size of scores: 1 for one score, or one a class.</summary>
    public virtual float ScoreUnit => 1;

    /// <summary>The mean loss of a model that knows nothing: of the mean of standardized numbers, or of equal probabilities.</summary>
    public abstract double NullModelLoss { get; }

    /// <summary>The row's loss; writes ∂loss/∂scores.</summary>
    public abstract double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient);

    /// <summary>The losses [members, rows] of a batch, given scores [members, rows, outputs] and targets [members, rows, target width]; and ∂loss/∂scores. The caller owns both.</summary>
    public abstract (Tensor Losses, Tensor Gradient) Rows(Tensor scores, Tensor targets);

    /// <summary>The figure users know a model's quality by, higher being better: accuracy for classes, R² for numbers.</summary>
    public abstract double Metric(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>Standard error of <see cref="Metric"/> over these rows; here that of a share.</summary>
    public virtual double MetricError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double share = Metric(scores, targets, weights);
        double effectiveRows = targets.Length;
        if (!weights.IsEmpty)
        {
            // Rows of a weighted share count as (Σw)² / Σw² equal ones.
            double total = TensorPrimitives.Sum(weights);
            effectiveRows = total * total / TensorPrimitives.SumOfSquares(weights);
        }

        return Math.Sqrt(share * (1 - share) / effectiveRows);
    }

    /// <summary>
    /// What choices are made by, from a row's loss: 1 − e^−loss. For classes that is the probability not given to the true one, which
    /// like the error rate is not ruled by a few confident mistakes; for numbers it is the squared error where it is small against
    /// the label's variance, and 1 at most (Welsch), so that a few rows that no model fits do not drown the others.
    /// </summary>
    public virtual double BoundedLoss(double loss) => 1 - Math.Exp(-loss);

    /// <summary>The least standard error to believe of a mean misfit over so many rows: that of an error rate with two errors added (Agresti and Coull 1998).</summary>
    public virtual double BoundedLossResolution(int rows) => Math.Sqrt(2) / rows;

    /// <summary>How much more misfit than the best candidate's is still as good.</summary>
    public virtual double BoundedLossTolerance => 0;

    /// <summary>The constant scores that fit best without any feature: where the output biases start.</summary>
    public abstract float[] BaselineScores(TrainingSet data, int[] rows);

    /// <summary>Writes the batch's gradient, weighted and scaled; gives the weighted sum of its losses.</summary>
    public double Batch(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float scale, Span<float> gradient)
    {
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            Span<float> rowGradient = gradient.Slice(row * Outputs, Outputs);
            float weight = weights[row];
            sum += weight * Row(scores.Slice(row * Outputs, Outputs), targets.Slice(row * TargetWidth, TargetWidth), rowGradient);
            TensorPrimitives.Multiply(rowGradient, weight * scale, rowGradient);
        }

        return sum;
    }
}
