using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Finds the factor that calibrates the probabilities of a network (docs/theory.md §17).</summary>
/// <remarks>
/// Scores are taken nearer to a center, or farther from it: s0 + β (s − s0). It is temperature scaling with 1/β as the temperature, about
/// the classes' shares instead of equal probabilities, so that rare classes stay rare.
/// </remarks>
internal static class Calibration
{
    private const double Least = 1.0 / 64, Most = 4;

    /// <summary>The number of rows that count as of another class than they are, spread over all rows.</summary>
    /// <remarks>Rows that are all predicted rightly would otherwise be made as sure as possible.</remarks>
    private const float WrongRows = 2;

    /// <summary>The standard errors of χ² by which shares may differ from equal ones and still count as equal.</summary>
    private const double ErrorsOfEqual = 2;

    /// <summary>Gives the center of the scores of a classification [outputs]: the null model's, or 0 for equally likely classes.</summary>
    /// <remarks>
    /// They count as such where their shares are within what chance makes of equal ones. The few rows' own shares would else decide the
    /// class of every row whose features say little.
    /// </remarks>
    /// <param name="data">The rows.</param>
    /// <param name="rows">The numbers of the training rows.</param>
    public static float[] Center(TrainingSet data, int[] rows)
    {
        int classes = data.Task.Classes!.Value;
        float[] weights = data.WeightsOf(rows);
        double[] shares = new double[classes];
        for (int i = 0; i < rows.Length; i++)
        {
            shares[(int)data.Targets[rows[i]]] += weights.Length > 0 ? weights[i] : 1;
        }

        double sum = shares.Sum();
        double independent = weights.Length > 0 ? sum * sum / TensorPrimitives.SumOfSquares<float>(weights) : rows.Length;
        double unequal = independent * classes * shares.Sum(share => Math.Pow(share / sum - 1.0 / classes, 2));
        double freedom = classes - 1;
        return unequal > freedom + ErrorsOfEqual * Math.Sqrt(2 * freedom) ? data.NullModelScores(rows) : new float[data.Task.Loss.Outputs];
    }

    /// <summary>Gives β for a network that was evaluated on held-out rows; 1 where numbers are predicted.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="trainingRows">The numbers of the rows that it was trained on.</param>
    /// <param name="heldOutRows">The numbers of the held-out rows.</param>
    /// <param name="scores">The scores of these rows [rows, outputs].</param>
    public static double Factor(TrainingSet data, int[] trainingRows, int[] heldOutRows, float[] scores) => data.Task.Classes is null
        ? 1
        : Factor(
            data.Task.Loss, scores, data.TargetsOf(heldOutRows), data.WeightsOf(heldOutRows), Center(data, trainingRows),
            data.BlocksOf(heldOutRows));

    /// <summary>Gives the β of least mean loss on held-out rows; 1 where it is not better than β = 1 by one standard error.</summary>
    /// <param name="loss">The loss of a classification, convex in the scores.</param>
    /// <param name="scores">The scores of the rows [rows, outputs].</param>
    /// <param name="targets">The targets of the rows [rows, target width].</param>
    /// <param name="weights">The weights of the rows; empty where all are 1.</param>
    /// <param name="center">The center of the scores [outputs].</param>
    /// <param name="blocks">The block of each row, 0, 1, …; null where all rows are independent.</param>
    public static double Factor(
        Loss loss, float[] scores, float[] targets, float[] weights, float[] center, int[]? blocks = null)
    {
        int rows = scores.Length / loss.Outputs;
        float[] each = weights.Length > 0 ? weights : [.. Enumerable.Repeat(1f, rows)];
        float[] centers = [.. Enumerable.Range(0, scores.Length).Select(i => center[i % center.Length])];
        float[] directions = new float[scores.Length];
        TensorPrimitives.Subtract(scores, centers, directions);
        float[] wrong = Array.ConvertAll(targets, target => loss.Outputs == 1 ? 1 - target : (target + 1) % loss.Outputs);
        float[] scaled = new float[scores.Length], gradient = new float[scores.Length];

        // The slope of the loss in β rises with β. Its zero is found by bisection of log β.
        double low = Math.Log(Least), high = Math.Log(Most);
        for (int i = 0; i < 30; i++)
        {
            double middle = (low + high) / 2;
            Scale(Math.Exp(middle));
            (low, high) = Slope(targets) + WrongRows / rows * Slope(wrong) > 0 ? (low, middle) : (middle, high);
        }

        double factor = Math.Exp((low + high) / 2);
        double[] before = new double[rows], after = new double[rows];
        loss.Evaluate(scores, targets, before);
        Scale(factor);
        loss.Evaluate(scaled, targets, after);
        (double gain, double error) = RowMean.OfDifferences(before, after, weights, blocks);
        return gain > error ? factor : 1;

        float Slope(float[] of)
        {
            loss.Gradient(scaled, of, each, 1, gradient);
            return TensorPrimitives.Dot(gradient, directions);
        }

        void Scale(double by) => TensorPrimitives.MultiplyAdd(directions, (float)by, centers, scaled);
    }
}
