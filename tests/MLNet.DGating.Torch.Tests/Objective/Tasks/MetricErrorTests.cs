using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Objective.Tasks;

/// <summary>The standard error of accuracy and R² is how much they vary between samples of rows.</summary>
public class MetricErrorTests
{
    private const int Rows = 200, Samples = 600;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void StandardError_IsTheDeviationOfTheMetricOverSamples(int classes, bool weighted)
    {
        LearningTask task = Problem.TaskOf(classes);
        int outputs = task.Loss.Outputs;
        var random = new Random(7);
        double[] metrics = new double[Samples];
        double[] errors = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            float[] scores = new float[Rows * outputs];
            float[] targets = new float[Rows];
            float[] weights = weighted ? [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? 1f : 4)] : [];
            for (int row = 0; row < Rows; row++)
            {
                targets[row] = task.Classes is int count ? random.Next(count) : random.NextNormal();
                for (int output = 0; output < outputs; output++)
                {
                    bool isIt = classes == 1 ? targets[row] > 0 : (int)targets[row] == output;
                    scores[row * outputs + output] = (classes == 0 ? targets[row] : isIt ? 1 : -1) + random.NextNormal();
                }
            }

            metrics[sample] = task.Metric.Of(scores, targets, weights);
            errors[sample] = task.Metric.StandardError(scores, targets, weights);
        }

        double mean = metrics.Average();
        double deviation = Math.Sqrt(metrics.Sum(metric => (metric - mean) * (metric - mean)) / (Samples - 1));
        // 600 samples know a deviation to 3 %.
        Assert.InRange(errors.Average() / deviation, 0.88, 1.12);
    }
}
