using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>How well scores predict some rows.</summary>
internal sealed class RowEvaluation(TrainingSet data, int[] rows, Loss loss)
{
    /// <summary>The mean loss over these rows of the constant that fits them best.</summary>
    public static double OfConstant(TrainingSet data, int[] rows, Loss loss)
    {
        float[] scores = loss.BaselineScores(data, rows);
        var losses = new RowEvaluation(data, rows, loss);
        return losses.MeanOf(losses.PerRow(_ => scores));
    }

    /// <summary>The network's scores of all [rows, outputs].</summary>
    public float[] Score(INetwork network) => network.Score(rows);

    /// <summary>Weighted mean loss, given the scores of all [rows, outputs].</summary>
    public double Mean(float[] scores) => MeanOf(PerRow(scores));

    /// <summary>Accuracy or R², given the scores of all; NaN without rows.</summary>
    public double Metric(float[] scores) => loss.Metric(scores, data.TargetsOf(rows), Weights);

    /// <summary>The metric's standard error.</summary>
    public double MetricError(float[] scores) => loss.MetricError(scores, data.TargetsOf(rows), Weights);

    /// <summary>The loss of each row, given the scores of all [rows, outputs].</summary>
    public double[] PerRow(float[] scores) => PerRow(i => scores.AsSpan(i * loss.Outputs, loss.Outputs));

    private float[] Weights => data.Weights is null ? [] : Array.ConvertAll(rows, row => data.Weights[row]);

    private double[] PerRow(Func<int, ReadOnlySpan<float>> scoresOf)
    {
        var losses = new double[rows.Length];
        Span<float> gradient = new float[loss.Outputs], target = new float[loss.TargetWidth];
        for (int i = 0; i < rows.Length; i++)
        {
            data.ReadTargets(rows[i], target);
            losses[i] = loss.Row(scoresOf(i), target, gradient);
        }

        return losses;
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
