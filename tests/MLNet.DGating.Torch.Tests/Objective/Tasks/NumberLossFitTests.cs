using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Objective.Tasks;

/// <summary>Fits with every loss of numbers, at the usual step size and on both backends.</summary>
public class NumberLossFitTests
{
    private const int Rows = 600, Columns = 10;

    private static readonly int[] s_planted = [1, 4];
    private static readonly int[] s_training = [.. Enumerable.Range(0, 400)];
    private static readonly int[] s_unseen = [.. Enumerable.Range(400, 200)];

    [Theory]
    [InlineData("absolute", false)]
    [InlineData("absolute", true)]
    [InlineData("Huber", false)]
    [InlineData("Huber", true)]
    [InlineData("quantiles", false)]
    [InlineData("quantiles", true)]
    [InlineData("Poisson", false)]
    [InlineData("Poisson", true)]
    [InlineData("Gamma", false)]
    [InlineData("Gamma", true)]
    [InlineData("logarithm", false)]
    [InlineData("logarithm", true)]
    public void AFit_KeepsThePlantedFeatures_AndExplainsRowsItHasNotSeen(string loss, bool isBatched)
    {
        TrainingSet data = Labelled(loss, unit: 1);
        FitSettings settings = TestRuns.Small.With(training => training with
        {
            LambdaGrowth = 1.2,
            LearningRate = training.LearningRate * data.Task.Loss.StepFactor,
        });
        using FitWorkflow workflow = TestRuns.Workflow(data, settings, new ExecutionSettings { IsBatchedOnCpu = isBatched });
        FitResult fit = AutomaticFit.Run(workflow, s_training, []);
        Assert.Equal(s_planted, fit.Groups.Intersect(s_planted));
        Assert.InRange(fit.Groups.Length, 2, 3);
        double explained = 1 - TestRuns.Evaluate(data, settings, fit, s_training, s_unseen).HeldOutLosses.Average()
            / RowEvaluation.OfNullModel(data, s_unseen);
        Assert.True(explained > 0.5, $"{explained:f3} of the loss is explained with {loss}.");
    }

    // The same labels in cents and in euros are the same targets, up to rounding.
    [Theory]
    [InlineData("absolute", 1)]
    [InlineData("Huber", 2)]
    [InlineData("quantiles", 1)]
    [InlineData("Poisson", 1)]
    [InlineData("Gamma", 0)]
    [InlineData("logarithm", 0)]
    public void TargetsDoNotDependOnTheUnit_AndReportedLossesDoByItsPower(string loss, int power)
    {
        TrainingSet inEuros = Labelled(loss, unit: 1), inCents = Labelled(loss, unit: 100);
        Near.Rounding(inEuros.Targets, inCents.Targets, 1e-3);
        Assert.Equal(
            Math.Pow(100, power), inCents.Task.ToReportedLoss(0.3) / inEuros.Task.ToReportedLoss(0.3), 1e-3 * Math.Pow(100, power));
    }

    [Theory]
    [InlineData("Poisson", 0f, true)]
    [InlineData("Poisson", -1f, false)]
    [InlineData("Gamma", 0f, false)]
    [InlineData("Gamma", 1f, true)]
    [InlineData("logarithm", 0f, true)]
    public void LabelsOutsideTheDomain_AreRefused(string loss, float label, bool isAllowed) =>
        Assert.Equal(isAllowed, TaskOf(loss).LabelRule!.Allows(label));

    [Fact]
    public void WithoutZeros_LogarithmsHaveNoOffset() => Assert.Equal(0, TargetTransform.Logarithmic([1, 2, 3, 100], []).LogOffset);

    [Fact]
    public void WithZeros_LogarithmsHaveTheLowerQuartileOfTheOthersAsOffset() =>
        Assert.Equal(2, TargetTransform.Logarithmic([0, 0, 2, 5, 6, 9], []).LogOffset);

    private static RegressionTask TaskOf(string loss) => loss switch
    {
        "absolute" => RegressionTask.Absolute,
        "Huber" => RegressionTask.Huber(null),
        "quantiles" => RegressionTask.Quantiles([0.1, 0.5, 0.9]),
        "Poisson" => RegressionTask.Poisson,
        "Gamma" => RegressionTask.Gamma,
        _ => RegressionTask.OfLogarithm,
    };

    // The label is f = x₁ − x₄ with noise, heavy-tailed for the robust losses, or a number whose logarithmic mean is f.
    private static TrainingSet Labelled(string loss, float unit)
    {
        var random = new Random(1);
        DesignMatrix features = RandomData.NormalMatrix(random, Rows, Columns);
        float[] labels = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            float signal = features.Row(row)[s_planted[0]] - features.Row(row)[s_planted[1]];
            labels[row] = unit * loss switch
            {
                "Poisson" => Poisson(random, MathF.Exp(0.5f + signal)),
                "Gamma" or "logarithm" => MathF.Exp(0.5f + signal + 0.3f * random.NextNormal()),
                _ => signal + 0.2f * random.NextNormal() * (row % 20 == 0 ? 20 : 1),
            };
        }

        LearningTask task = TaskOf(loss).FittedTo(labels.AsSpan(0, s_training.Length), []);
        return new TrainingSet(features, Array.ConvertAll(labels, task.Targets.Apply), null, GroupLayout.PerColumn(Columns), task);
    }

    // How many steps of unit exponential length fit into the rate.
    private static int Poisson(Random random, double rate)
    {
        int count = 0;
        for (double passed = -Math.Log(1 - random.NextDouble()); passed < rate; passed -= Math.Log(1 - random.NextDouble()))
        {
            count++;
        }

        return count;
    }
}
