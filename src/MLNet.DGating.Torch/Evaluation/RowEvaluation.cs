using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Measures how well scores predict some rows.</summary>
/// <param name="data">The rows.</param>
/// <param name="rows">The numbers of the rows to evaluate on; may be empty.</param>
internal sealed class RowEvaluation(TrainingSet data, int[] rows)
{
    // The constant scores are evaluated on this many rows at a time.
    private const int ConstantRows = 1024;

    private Loss Loss => data.Task.Loss;

    /// <summary>Gives the mean loss over these rows of the constant scores that fit them best.</summary>
    public static double OfNullModel(TrainingSet data, int[] rows)
    {
        float[] scores = data.NullModelScores(rows);
        double[] losses = new double[rows.Length];
        for (int start = 0; start < rows.Length; start += ConstantRows)
        {
            int count = Math.Min(ConstantRows, rows.Length - start);
            float[] repeated = [.. Enumerable.Repeat(scores, count).SelectMany(each => each)];
            data.Task.Loss.Evaluate(repeated, data.TargetsOf(rows.AsSpan(start, count)), losses.AsSpan(start, count));
        }

        return new RowEvaluation(data, rows).MeanOf(losses);
    }

    /// <summary>Computes a network's scores of the rows [rows, outputs].</summary>
    public float[] Score(ITrainedNetwork network) => network.Score(rows);

    /// <summary>Gives the weighted mean loss.</summary>
    /// <param name="scores">The scores of all rows [rows, outputs].</param>
    public double Mean(float[] scores) => MeanOf(PerRow(scores));

    /// <summary>Gives the task's metric; NaN without rows.</summary>
    /// <param name="scores">The scores of all rows [rows, outputs].</param>
    public double Metric(float[] scores) => data.Task.Metric.Of(scores, data.TargetsOf(rows), data.WeightsOf(rows));

    /// <summary>Gives the standard error of the task's metric; NaN without rows.</summary>
    /// <param name="scores">The scores of all rows [rows, outputs].</param>
    public double MetricError(float[] scores) => data.Task.Metric.StandardError(scores, data.TargetsOf(rows), data.WeightsOf(rows));

    /// <summary>Gives the loss of each row.</summary>
    /// <param name="scores">The scores of all rows [rows, outputs].</param>
    public double[] PerRow(float[] scores)
    {
        double[] losses = new double[rows.Length];
        Loss.Evaluate(scores, data.TargetsOf(rows), losses);
        return losses;
    }

    /// <summary>The bounded score of each row, given the scores of all [rows, outputs].</summary>
    public double[] BoundedPerRow(float[] scores)
    {
        double[] bounded = new double[rows.Length];
        Loss.EvaluateBounded(scores, data.TargetsOf(rows), bounded);
        return bounded;
    }

    /// <summary>Gives by how much bounded losses are below others of the same rows on average; NaN without rows.</summary>
    public RowMean Gain(double[] bounded, double[] than) => RowMean.OfDifferences(than, bounded, data.WeightsOf(rows), data.BlocksOf(rows));

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
