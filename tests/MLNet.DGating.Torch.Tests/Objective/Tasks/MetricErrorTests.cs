using MLNet.DGating.Torch.Objective.Losses;

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
    public void MetricError_IsTheDeviationOfTheMetricOverSamples(int classes, bool weighted)
    {
        Loss loss = classes switch { 0 => new SquaredLoss(), 1 => new LogisticLoss(), _ => new SoftmaxLoss(classes) };
        var random = new Random(7);
        var metrics = new double[Samples];
        var errors = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            var scores = new float[Rows * loss.Outputs];
            var targets = new float[Rows];
            float[] weights = weighted ? new float[Rows] : [];
            for (int row = 0; row < Rows; row++)
            {
                targets[row] = classes == 0 ? Normal(random) : random.Next(Math.Max(2, classes));
                for (int output = 0; output < loss.Outputs; output++)
                {
                    bool isIt = classes == 1 ? targets[row] > 0 : (int)targets[row] == output;
                    scores[row * loss.Outputs + output] = (classes == 0 ? targets[row] : isIt ? 1 : -1) + Normal(random);
                }

                if (weighted)
                {
                    weights[row] = row % 2 == 0 ? 1 : 4;
                }
            }

            metrics[sample] = loss.Metric(scores, targets, weights);
            errors[sample] = loss.MetricError(scores, targets, weights);
        }

        double mean = metrics.Average();
        double deviation = Math.Sqrt(metrics.Sum(metric => (metric - mean) * (metric - mean)) / (Samples - 1));
        // 600 samples know a deviation to 3 %.
        Assert.InRange(errors.Average() / deviation, 0.88, 1.12);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
