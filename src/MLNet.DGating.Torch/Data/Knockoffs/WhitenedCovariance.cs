using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Measures how groups of inputs vary together: each group is turned into uncorrelated columns of variance 1.</summary>
/// <remarks>
/// So one-hot columns, whose sum is constant, take one column fewer, and the inverse exists. The correlations between columns are shrunk
/// towards none by Ledoit and Wolf's estimate, so that it also exists where columns are many and rows few.
/// </remarks>
/// <param name="Means">The mean of every standardized input [inputs].</param>
/// <param name="Whitening">Turns centred inputs into columns [inputs, columns]: a block for each group.</param>
/// <param name="Back">Turns columns into centred inputs [columns, inputs].</param>
/// <param name="Correlation">The shrunk correlations [columns, columns]; within a group there are none.</param>
/// <param name="Starts">The first column of each group, and behind them the number of columns [groups + 1].</param>
internal sealed record WhitenedCovariance(Tensor Means, Tensor Whitening, Tensor Back, Tensor Correlation, int[] Starts)
{
    /// <summary>The share of a group's largest variance below which a direction counts as constant; float32 rounds at 1e-7.</summary>
    private const double SmallestVariance = 1e-6;

    /// <summary>The least shrinkage, with which columns that repeat others still have an inverse.</summary>
    private const double SmallestShrinkage = 1e-6;

    private const int RowsAtOnce = 1024;

    /// <summary>Measures the standardized inputs of some rows, in float64.</summary>
    public static WhitenedCovariance Of(TrainingSet data, int[] rows)
    {
        FeatureRows features = data.EncodedBy(rows);
        (Tensor means, Tensor covariance) = Moments(data, features, rows);
        (Tensor whitening, Tensor back, int[] starts) = Whiten(covariance, data.Groups);
        Tensor correlation = whitening.t().matmul(covariance).matmul(whitening);
        double shrinkage = Shrinkage(data, features, rows, means, whitening, correlation);
        Tensor shrunk = eye(correlation.shape[0], dtype: ScalarType.Float64).mul_(LiveScalar.Of(shrinkage))
            .add_(correlation, LiveScalar.Of(1 - shrinkage));
        return new WhitenedCovariance(means, whitening, back, shrunk, starts);
    }

    private static (Tensor Means, Tensor Covariance) Moments(TrainingSet data, FeatureRows features, int[] rows)
    {
        int inputs = features.Columns;
        Tensor sums = zeros(1, inputs, ScalarType.Float64), products = zeros(inputs, inputs, ScalarType.Float64);
        double total = 0;
        foreach ((Tensor values, Tensor weights) in Chunks(data, features, rows))
        {
            Tensor weighted = values.mul(weights);
            sums.add_(weights.t().matmul(values), LiveScalar.Of(1));
            products.add_(values.t().matmul(weighted), LiveScalar.Of(1));
            total += weights.sum().item<double>();
        }

        Tensor means = sums.div(LiveScalar.Of(total)).squeeze(0);
        return (means, products.div(LiveScalar.Of(total)).sub_(outer(means, means)));
    }

    private static (Tensor Whitening, Tensor Back, int[] Starts) Whiten(Tensor covariance, GroupLayout groups)
    {
        Tensor whitening = zeros_like(covariance), back = zeros_like(covariance);
        int[] starts = new int[groups.Count + 1];
        for (int group = 0; group < groups.Count; group++)
        {
            int first = groups.InputStarts[group], size = groups.InputStarts[group + 1] - first;
            (Tensor values, Tensor vectors) = linalg.eigh(covariance.narrow(0, first, size).narrow(1, first, size));
            // Eigenvalues ascend.
            double smallest = SmallestVariance * values[^1].item<double>();
            int rank = values.data<double>().Count(value => value > smallest);
            starts[group + 1] = starts[group] + rank;
            Tensor deviations = values.narrow(0, size - rank, rank).sqrt(), kept = vectors.narrow(1, size - rank, rank);
            whitening.narrow(0, first, size).narrow(1, starts[group], rank).copy_(kept.div(deviations));
            back.narrow(0, starts[group], rank).narrow(1, first, size).copy_(kept.mul(deviations).t());
        }

        return (whitening.narrow(1, 0, starts[^1]), back.narrow(0, 0, starts[^1]), starts);
    }

    // Ledoit and Wolf 2004, section 3, with the identity as target: b² / d², where d² = ‖R − I‖² and b² is the variance of R
    // as an estimate. The effective number of weighted rows is that of Kish.
    private static double Shrinkage(
        TrainingSet data, FeatureRows features, int[] rows, Tensor means, Tensor whitening, Tensor correlation)
    {
        double fourth = 0, total = 0, squares = 0;
        foreach ((Tensor values, Tensor weights) in Chunks(data, features, rows))
        {
            Tensor columns = values.sub(means).matmul(whitening);
            Tensor norms = columns.mul(columns).sum(1, keepdim: true);
            fourth += norms.mul(norms).mul(weights).sum().item<double>();
            total += weights.sum().item<double>();
            squares += weights.mul(weights).sum().item<double>();
        }

        Tensor correlations = correlation.sub(eye(correlation.shape[0], dtype: ScalarType.Float64));
        double size = correlation.mul(correlation).sum().item<double>();
        double distance = correlations.mul(correlations).sum().item<double>();
        double variance = (fourth / total - size) * squares / (total * total);
        return distance > 0 ? Math.Clamp(variance / distance, SmallestShrinkage, 1) : 1;
    }

    private static IEnumerable<(Tensor Values, Tensor Weights)> Chunks(TrainingSet data, FeatureRows features, int[] rows)
    {
        float[] buffer = new float[RowsAtOnce * features.Columns], weights = new float[RowsAtOnce];
        foreach (int[] chunk in rows.Chunk(RowsAtOnce))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                features.Read(chunk[i], buffer.AsSpan(i * features.Columns, features.Columns));
                weights[i] = data.Weights?[chunk[i]] ?? 1;
            }

            using TorchSharp.DisposeScope scope = NewDisposeScope();
            Tensor values = tensor(buffer.AsSpan(0, chunk.Length * features.Columns).ToArray(), chunk.Length, features.Columns);
            yield return (
                values.to(ScalarType.Float64),
                tensor(weights.AsSpan(0, chunk.Length).ToArray(), chunk.Length, 1).to(ScalarType.Float64));
        }
    }
}
