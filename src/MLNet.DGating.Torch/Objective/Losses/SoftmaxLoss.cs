using MLNet.DGating.Torch.Interop;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the multinomial logistic loss −log softmax(scores)[class].</summary>
/// <param name="classes">The number of classes, at least 2.</param>
internal sealed class SoftmaxLoss(int classes) : RowSeparableLoss
{
    // The bound keeps the score of a class without training rows finite.
    private const float SmallestShare = 1e-6f;

    public override int Outputs => classes;

    public override double NullModelLoss => Math.Log(classes);

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        int label = (int)target[0];
        float largest = TensorPrimitives.Max(scores);
        TensorPrimitives.Subtract(scores, largest, gradient);
        float shifted = gradient[label];
        TensorPrimitives.Exp(gradient, gradient);
        float sum = TensorPrimitives.Sum(gradient);
        TensorPrimitives.Multiply(gradient, 1 / sum, gradient);
        gradient[label] -= 1;
        return MathF.Log(sum) - shifted;
    }

    // ½ Σ_c (p_c − y_c)², half the Brier score, so that it is at most 1 and for two classes (p − y)².
    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss)
    {
        Span<float> residuals = new float[classes];
        Row(scores, target, residuals);
        return 0.5 * TensorPrimitives.SumOfSquares<float>(residuals);
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor labels = targets.to_type(ScalarType.Int64);
        Tensor logarithms = nn.functional.log_softmax(scores, -1);
        Tensor gradient = logarithms.exp().scatter_add_(-1, labels, full_like(targets, LiveScalar.Of(-1)));
        return (logarithms.gather(-1, labels).squeeze(-1).neg_(), gradient);
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        float[] shares = new float[classes];
        float total = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            float weight = weights.IsEmpty ? 1 : weights[row];
            shares[(int)targets[row]] += weight;
            total += weight;
        }

        for (int c = 0; c < classes; c++)
        {
            shares[c] = MathF.Log(MathF.Max(shares[c] / total, SmallestShare));
        }

        return shares;
    }
}
