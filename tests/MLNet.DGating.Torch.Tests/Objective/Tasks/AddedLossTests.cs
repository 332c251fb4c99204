using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Objective.Tasks;

/// <summary>A loss that the library does not have is one class; everything else works with it.</summary>
public class AddedLossTests
{
    private static readonly int[] s_planted = [1, 4];
    private static readonly TrainingSet s_counts = Counts(seed: 1, rows: 600, columns: 10);
    private static readonly int[] s_training = [.. Enumerable.Range(0, 400)];
    private static readonly int[] s_unseen = [.. Enumerable.Range(400, 200)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFitOfCounts_KeepsThePlantedFeatures_AndBeatsTheNullModelOnRowsItHasNotSeen(bool isBatched)
    {
        double ofNullModel = RowEvaluation.OfNullModel(s_counts, s_unseen);
        // Small steps: the gradient of a count grows with the count.
        FitSettings open = TestRuns.Small.With(training => training with { LambdaGrowth = 1.2, LearningRate = 0.01 });
        foreach (FitSettings settings in (FitSettings[])[open, open.At(2)])
        {
            using FitWorkflow workflow = TestRuns.Workflow(s_counts, settings, new ExecutionSettings { IsBatchedOnCpu = isBatched });
            FitResult fit = AutomaticFit.Run(workflow, s_training, []);
            Assert.Equal(s_planted, fit.Groups);
            double loss = TestRuns.Evaluate(s_counts, settings, fit, s_training, s_unseen).HeldOutLosses.Average();
            Assert.True(loss < 0.7 * ofNullModel, $"Mean loss {loss} against {ofNullModel}.");
        }
    }

    [Fact]
    public void TheNullModel_IsTheMeanRate() =>
        Assert.Equal(MathF.Log(s_counts.Targets.Average()), s_counts.NullModelScores(TestRuns.All(s_counts)).Single(), 1e-5f);

    // The rate of an event is e^(0.5 + 0.7 x₁ − 0.7 x₄).
    private static TrainingSet Counts(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        DesignMatrix features = RandomData.NormalMatrix(random, rows, columns);
        float[] counts = [.. Enumerable.Range(0, rows).Select(row =>
            (float)Poisson(random, Math.Exp(0.5 + 0.7 * features.Row(row)[s_planted[0]] - 0.7 * features.Row(row)[s_planted[1]])))];
        return new TrainingSet(features, counts, null, GroupLayout.PerColumn(columns), new RegressionTask(new GeometricLoss()));
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

    /// <summary>The loss of counts with the geometric distribution, whose logarithmic mean is the score.</summary>
    /// <remarks>
    /// It is (1 + target) log(1 + e^score) − target · score, and a constant.
    /// The constant is what makes the loss 0 where e^score is the target: candidates are compared by 1 − e^−loss, which wants losses that
    /// are never negative.
    /// </remarks>
    private sealed class GeometricLoss : RowSeparableLoss
    {
        public override int Outputs => 1;

        public override double NullModelLoss => 1;

        public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
        {
            float rate = MathF.Exp(scores[0]), label = target[0];
            gradient[0] = (1 + label) * rate / (1 + rate) - label;
            float ofTarget = (label > 0 ? label * MathF.Log(label) : 0) - (1 + label) * float.LogP1(label);
            return (1 + label) * float.LogP1(rate) - label * scores[0] + ofTarget;
        }

        public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
        {
            Tensor above = targets.add(LiveScalar.Of(1), LiveScalar.Of(1)), ofTargets = targets.xlogy(targets).sub_(above.xlogy(above));
            Tensor losses = scores.exp().log1p_().mul_(above).sub_(targets.mul(scores)).add_(ofTargets, LiveScalar.Of(1));
            return (losses.squeeze(-1), scores.sigmoid().mul_(above).sub_(targets));
        }

        public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
            [MathF.Log(WeightedMean.Of(targets, weights))];
    }
}
