using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>Each loss twice, on spans and on tensors.</summary>
public class LossTests
{
    private static readonly Gen<(Loss Loss, float[] Targets)> s_batch =
        from classes in Gen.Int[0, 5]
        from targets in Gen.Int[0, Math.Max(1, classes - 1)].Array[1, 12]
        from real in Gen.Float[-3, 3].Array[targets.Length]
        select (Problem.TaskOf(classes).Loss, classes == 0 ? real : [.. targets.Select(target => (float)target)]);

    [Fact]
    public void SpansAndTensors_GiveTheSameLossesAndGradients_FiniteUpToScoresOf100() =>
        Gen.Select(s_batch, Gen.OneOfConst(1f, 10f, 100f), Gen.Int[0, int.MaxValue]).Sample((batch, size, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Loss loss, float[] targets) = batch;
            var random = new Random(seed);
            float[] scores = Scores(random, targets.Length * loss.Outputs, size);
            float[] weights = [.. targets.Select(_ => random.NextSingle())], ones = [.. targets.Select(_ => 1f)];
            double[] losses = new double[targets.Length];
            float[] bySpan = new float[scores.Length], weighted = new float[scores.Length];
            loss.Evaluate(scores, targets, losses);
            double sum = loss.Gradient(scores, targets, ones, 1, bySpan);
            double weightedSum = loss.Gradient(scores, targets, weights, 0.25f, weighted);

            (Tensor byTensor, Tensor gradients) =
                loss.Gradient(tensor(scores, [1, targets.Length, loss.Outputs]), tensor(targets, [1, targets.Length, 1]));
            Assert.All(losses, value => Assert.True(double.IsFinite(value) && value >= -1e-5f * size));
            Assert.All(bySpan, value => Assert.True(float.IsFinite(value)));
            Near.Rounding(byTensor.data<float>().ToArray(), [.. losses.Select(value => (float)value)], 1e-5);
            Near.Rounding(gradients.data<float>().ToArray(), bySpan, 1e-5);

            // The sums and the scaled gradient follow from these.
            Assert.Equal(losses.Sum(), sum, 1e-6 * Math.Max(1, losses.Sum()));
            Assert.Equal(losses.Zip(weights, (each, weight) => each * weight).Sum(), weightedSum, 1e-6 * Math.Max(1, losses.Sum()));
            Near.Rounding([.. bySpan.Select((value, i) => 0.25f * weights[i / loss.Outputs] * value)], weighted, 1e-6);
        }, iter: 300);

    [Fact]
    public void Tensors_GetTheGradientOfTheLossesTheyGive() =>
        Gen.Select(s_batch, Gen.Int[0, int.MaxValue]).Sample((batch, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Loss loss, float[] targets) = batch;
            float[] values = Scores(new Random(seed), targets.Length * loss.Outputs, 3);
            Tensor scores = tensor(values, [1, targets.Length, loss.Outputs]).to(ScalarType.Float64);
            Tensor labels = tensor(targets, [1, targets.Length, 1]).to(ScalarType.Float64);
            Tensor gradients = loss.Gradient(scores, labels).Gradient;
            for (int i = 0; i < values.Length; i++)
            {
                double above = Sum(values, i, 1e-6), below = Sum(values, i, -1e-6);
                Assert.Equal((above - below) / 2e-6, gradients.view(-1)[i].item<double>(), 1e-7);
            }

            // The losses' sum with one score moved.
            double Sum(float[] from, int index, double by)
            {
                double[] moved = [.. from.Select(value => (double)value)];
                moved[index] += by;
                return loss.Gradient(tensor(moved, [1, targets.Length, loss.Outputs]), labels).Losses.sum().item<double>();
            }
        }, iter: 50);

    [Fact]
    public void NullModelScores_AreWhereTheMeanGradientIsZero() =>
        Gen.Select(Gen.Int[0, 4], Gen.Bool, Gen.Int[2, 30], Gen.Int[0, int.MaxValue]).Sample((classes, weighted, rows, seed) =>
        {
            var problem = Problem.Create(new Random(seed), rows, [1], [], Problem.TaskOf(classes), weighted: weighted);
            float[] targets = problem.Data.Targets, weights = problem.Data.Weights ?? [.. targets.Select(_ => 1f)];
            Loss loss = problem.Loss;
            if (loss is LogisticLoss && targets.Distinct().Count() < 2)
            {
                return;
            }

            float[] scores = problem.Data.NullModelScores(problem.Rows);
            float[] gradient = new float[rows * loss.Outputs];
            loss.Gradient([.. problem.Rows.SelectMany(_ => scores)], targets, weights, 1 / weights.Sum(), gradient);
            Assert.All(Enumerable.Range(0, loss.Outputs), output =>
                Assert.Equal(0, problem.Rows.Sum(row => (double)gradient[row * loss.Outputs + output]), 1e-5));
        }, iter: 200);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NullModelScores_OfTwoClassesWhereOnlyOneIsShown_AreFinite(float shown)
    {
        Assert.True(float.IsFinite(new LogisticLoss().NullModelScores([shown, shown, shown], [])[0]));
        Assert.All(new SoftmaxLoss(3).NullModelScores([shown, shown, shown], []), score => Assert.True(float.IsFinite(score)));
    }

    private static float[] Scores(Random random, int count, float size) =>
        [.. Enumerable.Range(0, count).Select(_ => size * (2 * random.NextSingle() - 1))];
}
