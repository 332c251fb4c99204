namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Computes the accuracy: the weighted share of rows whose predicted class is the true one.</summary>
/// <param name="outputs">The number of scores of a row.</param>
/// <param name="predict">Gives the class that the scores of a row predict, from 0.</param>
internal sealed class Accuracy(int outputs, Func<ReadOnlySpan<float>, int> predict) : Metric
{
    public override string Name => "accuracy";

    public override double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double right = 0, total = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            right += predict(scores.Slice(row * outputs, outputs)) == (int)targets[row] ? weight : 0;
        }

        return right / total;
    }

    public override double StandardError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double share = Of(scores, targets, weights);
        double effectiveRows = targets.Length;
        if (!weights.IsEmpty)
        {
            // Weighted rows count as (Σw)² / Σw² rows of equal weight.
            double total = TensorPrimitives.Sum(weights);
            effectiveRows = total * total / TensorPrimitives.SumOfSquares(weights);
        }

        return Math.Sqrt(share * (1 - share) / effectiveRows);
    }
}
