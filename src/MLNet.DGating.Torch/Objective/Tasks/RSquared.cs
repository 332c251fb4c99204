namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Computes R²: the share of the targets' variance that is predicted, over all target columns together.</summary>
/// <param name="width">The number of target columns, at least 1.</param>
/// <param name="scoreUnit">The score of a target of 1.</param>
internal sealed class RSquared(int width, float scoreUnit) : Metric
{
    public override string Name => "R²";

    public override double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double[] means = Means(targets, weights);
        double residual = 0, spread = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i / width];
            double error = scores[i] / scoreUnit - targets[i], deviation = targets[i] - means[i % width];
            residual += weight * error * error;
            spread += weight * deviation * deviation;
        }

        return 1 - residual / spread;
    }

    // R² = 1 − Σ w r² / Σ w d² is a ratio of means. By the delta method its error is that of the mean of r² − (1 − R²) d², divided by the
    // mean of d².
    public override double StandardError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double unexplained = 1 - Of(scores, targets, weights), spread = 0, squares = 0;
        double[] means = Means(targets, weights);
        for (int row = 0; row < targets.Length / width; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row], influence = 0;
            for (int i = row * width; i < (row + 1) * width; i++)
            {
                double error = scores[i] / scoreUnit - targets[i], deviation = targets[i] - means[i - row * width];
                influence += error * error - unexplained * deviation * deviation;
                spread += weight * deviation * deviation;
            }

            squares += weight * influence * (weight * influence);
        }

        return Math.Sqrt(squares) / spread;
    }

    private double[] Means(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double[] means = new double[width];
        double total = 0;
        for (int row = 0; row < targets.Length / width; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            for (int column = 0; column < width; column++)
            {
                means[column] += weight * targets[row * width + column];
            }
        }

        return Array.ConvertAll(means, sum => (double)(float)(sum / total));
    }
}
