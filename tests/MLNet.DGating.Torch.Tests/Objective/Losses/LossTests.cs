using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>Each loss twice, for a row on spans and for a batch of tensors.</summary>
public class LossTests
{
    private static readonly Gen<(Loss Loss, float[] Targets)> s_batch =
        from classes in Gen.Int[0, 5]
        from targets in Gen.Int[0, Math.Max(1, classes - 1)].Array[1, 12]
        from real in Gen.Float[-3, 3].Array[targets.Length]
        select (Of(classes), classes == 0 ? real : [.. targets.Select(target => (float)target)]);

    [Fact]
    public void RowAndRows_GiveTheSameLossesAndGradients_FiniteUpToScoresOf100() =>
        Gen.Select(s_batch, Gen.OneOfConst(1f, 10f, 100f), Gen.Int[0, int.MaxValue]).Sample((batch, size, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Loss loss, float[] targets) = batch;
            float[] scores = Scores(new Random(seed), targets.Length * loss.Outputs, size);
            var byRow = new float[targets.Length];
            var rowGradients = new float[scores.Length];
            for (int i = 0; i < targets.Length; i++)
            {
                Range part = (i * loss.Outputs)..((i + 1) * loss.Outputs);
                byRow[i] = (float)loss.Row(scores.AsSpan(part), targets.AsSpan(i, 1), rowGradients.AsSpan(part));
            }

            (Tensor byTensor, Tensor gradients) = loss.Rows(tensor(scores, [1, targets.Length, loss.Outputs]), tensor(targets, [1, targets.Length, 1]));
            Assert.All(byRow, value => Assert.True(float.IsFinite(value) && value >= -1e-5f * size));
            Assert.All(rowGradients, value => Assert.True(float.IsFinite(value)));
            Near.Rounding(byTensor.data<float>().ToArray(), byRow, 1e-5);
            Near.Rounding(gradients.data<float>().ToArray(), rowGradients, 1e-5);
        }, iter: 300);

    [Fact]
    public void Rows_WriteTheGradientOfTheLossesTheyGive() =>
        Gen.Select(s_batch, Gen.Int[0, int.MaxValue]).Sample((batch, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Loss loss, float[] targets) = batch;
            float[] values = Scores(new Random(seed), targets.Length * loss.Outputs, 3);
            Tensor scores = tensor(values, [1, targets.Length, loss.Outputs]).to(ScalarType.Float64), labels = tensor(targets, [1, targets.Length, 1]).to(ScalarType.Float64);
            Tensor gradients = loss.Rows(scores, labels).Gradient;
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
                return loss.Rows(tensor(moved, [1, targets.Length, loss.Outputs]), labels).Losses.sum().item<double>();
            }
        }, iter: 50);

    [Fact]
    public void BaselineScores_AreWhereTheMeanGradientIsZero() =>
        Gen.Select(Gen.Int[0, 4], Gen.Bool, Gen.Int[2, 30], Gen.Int[0, int.MaxValue]).Sample((classes, weighted, rows, seed) =>
        {
            Loss loss = Of(classes);
            Problem problem = Problem.Create(new Random(seed), rows, [1], [], loss, weighted: weighted);
            int[] shown = [.. problem.Data.Targets.Distinct().Select(target => (int)target)];
            if (loss is LogisticLoss && shown.Length < 2)
            {
                return;
            }

            float[] baseline = loss.BaselineScores(problem.Data, problem.Rows);
            var sums = new double[loss.Outputs];
            var gradient = new float[loss.Outputs];
            double total = 0;
            foreach (int row in problem.Rows)
            {
                double weight = problem.Data.Weights?[row] ?? 1;
                loss.Row(baseline, problem.Data.Targets.AsSpan(row, 1), gradient);
                total += weight;
                for (int c = 0; c < sums.Length; c++)
                {
                    sums[c] += weight * gradient[c];
                }
            }

            Assert.All(sums, sum => Assert.Equal(0, sum / total, 1e-5));
        }, iter: 200);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BaselineScores_OfTwoClassesWhereOnlyOneIsShown_AreFinite(float shown)
    {
        var data = new TrainingSet(RandomData.NormalMatrix(new Random(1), 3, 1), [shown, shown, shown], null, GroupLayout.PerColumn(1));
        Assert.True(float.IsFinite(new LogisticLoss().BaselineScores(data, [0, 1, 2])[0]));
        Assert.All(new SoftmaxLoss(3).BaselineScores(data, [0, 1, 2]), score => Assert.True(float.IsFinite(score)));
    }

    private static Loss Of(int classes) => classes switch
    {
        0 => new SquaredLoss(),
        1 => new LogisticLoss(),
        _ => new SoftmaxLoss(classes),
    };

    private static float[] Scores(Random random, int count, float size) => [.. Enumerable.Range(0, count).Select(_ => size * (2 * random.NextSingle() - 1))];
}
