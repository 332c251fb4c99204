namespace MLNet.DGating.Torch;

/// <summary>How well scores predict some rows.</summary>
internal sealed class RowLosses(TrainingSet data, int[] rows, Loss loss)
{
    /// <summary>The mean loss over these rows of the constant that fits them best.</summary>
    public static double OfConstant(TrainingSet data, int[] rows, Loss loss)
    {
        float[] scores = loss.BaselineScores(data, rows);
        return new RowLosses(data, rows, loss).Mean([.. rows.SelectMany(_ => scores)]);
    }

    /// <summary>The network's scores of all [rows, outputs].</summary>
    public float[] Score(GatedNetwork network) => network.Score(rows);

    /// <summary>Weighted mean loss, given the scores of all [rows, outputs].</summary>
    public double Mean(float[] scores)
    {
        double[] losses = PerRow(scores);
        double sum = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = data.Weights?[rows[i]] ?? 1;
            sum += weight * losses[i];
            total += weight;
        }

        return sum / total;
    }

    /// <summary>Accuracy or R², given the scores of all; NaN without rows.</summary>
    public double Metric(float[] scores) => loss.Metric(scores, Targets, Weights);

    /// <summary>The metric's standard error.</summary>
    public double MetricError(float[] scores) => loss.MetricError(scores, Targets, Weights);

    private float[] Targets => Array.ConvertAll(rows, row => data.Targets[row]);

    private float[] Weights => data.Weights is null ? [] : Array.ConvertAll(rows, row => data.Weights[row]);

    /// <summary>The loss of each row, given the scores of all [rows, outputs].</summary>
    public double[] PerRow(float[] scores)
    {
        var losses = new double[rows.Length];
        Span<float> gradient = new float[loss.Outputs];
        for (int i = 0; i < rows.Length; i++)
        {
            losses[i] = loss.Row(scores.AsSpan(i * loss.Outputs, loss.Outputs), data.Targets[rows[i]], gradient);
        }

        return losses;
    }
}
