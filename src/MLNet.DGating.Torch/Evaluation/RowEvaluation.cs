using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Measures how well scores predict some rows.</summary>
internal sealed class RowEvaluation(TrainingSet data, int[] rows)
{
    // Constant scores are repeated for so many rows at a time.
    private const int ConstantRows = 1024;

    private Loss Loss => data.Task.Loss;

    /// <summary>The mean loss over these rows of the constant that fits them best.</summary>
    public static double OfNullModel(TrainingSet data, int[] rows)
    {
        float[] scores = data.NullModelScores(rows);
        var losses = new double[rows.Length];
        for (int start = 0; start < rows.Length; start += ConstantRows)
        {
            int count = Math.Min(ConstantRows, rows.Length - start);
            float[] repeated = [.. Enumerable.Repeat(scores, count).SelectMany(each => each)];
            data.Task.Loss.Evaluate(repeated, data.TargetsOf(rows.AsSpan(start, count)), losses.AsSpan(start, count));
        }

        return new RowEvaluation(data, rows).MeanOf(losses);
    }

    /// <summary>The network's scores of all [rows, outputs].</summary>
    public float[] Score(INetwork network) => network.Score(rows);

    /// <summary>The weighted mean loss, given the scores of all [rows, outputs].</summary>
    public double Mean(float[] scores) => MeanOf(PerRow(scores));

    /// <summary>The task's metric, given the scores of all; NaN without rows.</summary>
    public double Metric(float[] scores) => data.Task.Metric.Of(scores, data.TargetsOf(rows), data.WeightsOf(rows));

    /// <summary>The metric's standard error.</summary>
    public double MetricError(float[] scores) => data.Task.Metric.StandardError(scores, data.TargetsOf(rows), data.WeightsOf(rows));

    /// <summary>The loss of each row, given the scores of all [rows, outputs].</summary>
    public double[] PerRow(float[] scores)
    {
        var losses = new double[rows.Length];
        Loss.Evaluate(scores, data.TargetsOf(rows), losses);
        return losses;
    }

    /// <summary>The bounded score of each row, given the scores of all [rows, outputs].</summary>
    public double[] BoundedPerRow(float[] scores)
    {
        var bounded = new double[rows.Length];
        Loss.EvaluateBounded(scores, data.TargetsOf(rows), bounded);
        return bounded;
    }

    private double MeanOf(double[] losses)
    {
        double sum = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = data.Weights?[rows[i]] ?? 1;
            sum += weight * losses[i];
            total += weight;
        }

        return sum / total;
    }
}
