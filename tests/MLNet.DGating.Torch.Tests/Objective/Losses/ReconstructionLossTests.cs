using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>The loss of rebuilt rows: the squared loss of one slot, on average over slots.</summary>
public class ReconstructionLossTests
{
    private static readonly Gen<(int Slots, int Rows, int Seed)> s_any = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 12], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Row_IsTheMeanOverSlotsOfTheSquaredLoss() => s_any.Sample(any =>
    {
        (float[] rebuilt, float[] targets) = Values(any.Slots, 1, any.Seed);
        float[] scores = [.. rebuilt.Select(value => value / MathF.Sqrt(any.Slots))];
        double mean = rebuilt.Zip(targets, (score, target) => new SquaredLoss().Row([score], [target], new float[1])).Average();
        Assert.Equal(mean, new ReconstructionLoss(any.Slots).Row(scores, targets, new float[any.Slots]), 1e-5);
    }, iter: 200);

    [Fact]
    public void RowAndRows_GiveTheSameLossesAndGradients() => s_any.Sample(any =>
    {
        using DisposeScope scope = NewDisposeScope();
        var loss = new ReconstructionLoss(any.Slots);
        (float[] scores, float[] targets) = Values(any.Slots, any.Rows, any.Seed);
        var byRow = new float[any.Rows];
        var rowGradients = new float[scores.Length];
        for (int i = 0; i < any.Rows; i++)
        {
            Range part = (i * any.Slots)..((i + 1) * any.Slots);
            byRow[i] = (float)loss.Row(scores.AsSpan(part), targets.AsSpan(part), rowGradients.AsSpan(part));
        }

        (Tensor byTensor, Tensor gradients) = loss.Rows(tensor(scores, [1, any.Rows, any.Slots]), tensor(targets, [1, any.Rows, any.Slots]));
        Near.Rounding(byTensor.data<float>().ToArray(), byRow, 1e-5);
        Near.Rounding(gradients.data<float>().ToArray(), rowGradients, 1e-5);
    }, iter: 200);

    [Fact]
    public void Metric_IsTheShareOfTheVarianceRebuilt()
    {
        var loss = new ReconstructionLoss(2);
        float[] targets = [-1, 3, 1, 5], perfect = [.. targets.Select(target => target / MathF.Sqrt(2))], means = [0, 4 / MathF.Sqrt(2), 0, 4 / MathF.Sqrt(2)];
        Assert.Equal(1, loss.Metric(perfect, targets, []), 1e-6);
        Assert.Equal(0, loss.Metric(means, targets, []), 1e-6);
        // The first slot alone: half of a variance that is the same for both.
        Assert.Equal(0.5, loss.Metric([perfect[0], means[1], perfect[2], means[3]], targets, [1, 1]), 1e-6);
    }

    private static (float[] Scores, float[] Targets) Values(int slots, int rows, int seed)
    {
        var random = new Random(seed);
        float[] Draw() => [.. Enumerable.Range(0, slots * rows).Select(_ => 3 * random.NextNormal())];
        return (Draw(), Draw());
    }
}
