namespace MLNet.DGating;

/// <summary>Finds the number that makes predictions of a model of logarithms unbiased for the mean (docs/theory.md §22).</summary>
/// <remarks>
/// e^z estimates the median of y + c, not its mean, which is larger by the mean of e^residual. The number ln k with
/// k = Σ w (y + c) / Σ w e^z makes the predictions of the rows add up to their labels, also where the spread differs between rows.
/// </remarks>
internal static class Retransformation
{
    /// <summary>The most rows that are scored.</summary>
    private const int MaximumRows = 20_000;

    /// <summary>Gives ln k, from validation rows where there are any, else from training rows.</summary>
    /// <param name="network">The network, whose scores estimate ln(y + c).</param>
    /// <param name="rows">The rows.</param>
    public static double ShiftOf(CollapsedNetwork network, PreparedRows rows)
    {
        int[] all = rows.ValidationRows.Length > 0 ? rows.ValidationRows : rows.TrainingRows;
        int step = (all.Length + MaximumRows - 1) / MaximumRows;
        int[] scored = [.. all.Where((_, i) => i % step == 0)];
        double offset = rows.Task.Targets.LogOffset!.Value, labels = 0, predictions = 0;
        var scorer = new RowScorer(network, rows, scored);
        float[] score = new float[1];
        foreach (int row in scored)
        {
            scorer.Score(row, score);
            double weight = rows.Data.Weights?[row] ?? 1;
            labels += weight * (rows.Labels[row] + offset);
            predictions += weight * Math.Exp(score[0]);
        }

        double shift = Math.Log(labels / predictions);
        return double.IsFinite(shift) ? shift : 0;
    }
}
