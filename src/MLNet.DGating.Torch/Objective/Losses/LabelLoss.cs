using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>A loss of scores against one label a row.</summary>
internal abstract class LabelLoss : Loss
{
    public sealed override int TargetWidth => 1;

    public sealed override float[] BaselineScores(TrainingSet data, int[] rows) => BaselineScores(
        Array.ConvertAll(rows, row => data.Targets[row]),
        data.Weights is null ? [] : Array.ConvertAll(rows, row => data.Weights[row]));

    protected abstract float[] BaselineScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>Weighted share of rows for which <paramref name="isRight"/> holds of scores and target.</summary>
    protected double Accuracy(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Func<ReadOnlySpan<float>, float, bool> isRight)
    {
        double right = 0, total = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            right += isRight(scores.Slice(row * Outputs, Outputs), targets[row]) ? weight : 0;
        }

        return right / total;
    }
}
