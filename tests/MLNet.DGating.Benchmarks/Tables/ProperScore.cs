using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds how well a model predicts test rows.</summary>
/// <param name="Loss">The log-loss in nats, or the root of the mean squared error; less is better.</param>
/// <param name="Accuracy">The share of right classes; null for numbers.</param>
internal sealed record ProperScore(double Loss, double? Accuracy)
{
    private const double LeastProbability = 1e-7;

    /// <summary>Measures scored rows.</summary>
    public static ProperScore Of(IDataView scored, TableTask task)
    {
        switch (task)
        {
            case TableTask.Regression:
                double squares = scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>(PlainView.Label))
                    .Average(row => Math.Pow(row.First - (double)row.Second, 2));
                return new ProperScore(Math.Sqrt(squares), null);
            case TableTask.Binary:
                float[] probabilities = [.. scored.GetColumn<float>("Probability")];
                bool[] labels = [.. scored.GetColumn<bool>(PlainView.Label)];
                return Classes(probabilities.Zip(labels, (p, label) => ((double)(label ? p : 1 - p), p > 0.5 == label)));
            default:
                float[][] scores = [.. scored.GetColumn<VBuffer<float>>("Score").Select(row => row.DenseValues().ToArray())];
                uint[] keys = [.. scored.GetColumn<uint>(PlainView.Label)];
                return Classes(scores.Zip(keys, (row, key) => ((double)row[key - 1], row[key - 1] == row.Max())));
        }
    }

    private static ProperScore Classes(IEnumerable<(double Probability, bool IsRight)> rows)
    {
        (double Probability, bool IsRight)[] all = [.. rows];
        double loss = all.Average(row => -Math.Log(Math.Clamp(row.Probability, LeastProbability, 1)));
        return new ProperScore(loss, all.Average(row => row.IsRight ? 1.0 : 0));
    }
}
