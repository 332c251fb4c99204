namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes a loss that is a sum over rows from the loss of one row and its gradient.</summary>
internal abstract class RowSeparableLoss : Loss
{
    /// <summary>Computes the loss of a row and writes ∂loss/∂scores [outputs].</summary>
    public abstract double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient);

    public sealed override double Gradient(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float scale, Span<float> gradient)
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

    /// <summary>The row's bounded score, from its loss: 1 − e^−loss where nothing else is said.</summary>
    protected virtual double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss) => 1 - Math.Exp(-loss);

    public sealed override void EvaluateBounded(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> bounded)
    {
        Evaluate(scores, targets, bounded);
        for (int row = 0; row < bounded.Length; row++)
        {
            bounded[row] = BoundedRow(scores.Slice(row * Outputs, Outputs), targets.Slice(row * TargetWidth, TargetWidth), bounded[row]);
        }
    }

    public sealed override void Evaluate(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, Span<double> losses)
    {
        Span<float> gradient = new float[Outputs];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = Row(scores.Slice(row * Outputs, Outputs), targets.Slice(row * TargetWidth, TargetWidth), gradient);
        }
    }

    /// <summary>Computes the weighted mean loss of the constant scores that fit some targets best.</summary>
    protected double MeanOfNullModel(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        float[] scores = NullModelScores(targets, weights), gradient = new float[Outputs];
        double sum = 0, total = 0;
        for (int row = 0; row < targets.Length / TargetWidth; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight * Row(scores, targets.Slice(row * TargetWidth, TargetWidth), gradient);
            total += weight;
        }

        return sum / total;
    }
}
