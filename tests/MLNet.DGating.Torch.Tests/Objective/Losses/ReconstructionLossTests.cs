using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective.Losses;

/// <summary>The loss of rebuilt rows: the squared loss of one slot, on average over slots.</summary>
public class ReconstructionLossTests
{
    private static readonly Gen<(int Slots, int Rows, int Seed)> s_any =
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 12], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void ARowsLoss_IsTheMeanOverSlotsOfTheSquaredLoss() => s_any.Sample(any =>
    {
        (float[] rebuilt, float[] targets) = Values(any.Slots, 1, any.Seed);
        float[] scores = [.. rebuilt.Select(value => value / MathF.Sqrt(any.Slots))];
        double mean = rebuilt.Zip(targets, (score, target) => new SquaredLoss().Row([score], [target], new float[1])).Average();
        Assert.Equal(mean, new ReconstructionLoss(any.Slots).Row(scores, targets, new float[any.Slots]), 1e-5);
    }, iter: 200);

    [Fact]
    public void SpansAndTensors_GiveTheSameLossesAndGradients() => s_any.Sample(any =>
    {
        using DisposeScope scope = NewDisposeScope();
        var loss = new ReconstructionLoss(any.Slots);
        (float[] scores, float[] targets) = Values(any.Slots, any.Rows, any.Seed);
        double[] losses = new double[any.Rows];
        float[] bySpan = new float[scores.Length];
        loss.Evaluate(scores, targets, losses);
        double sum = loss.Gradient(scores, targets, [.. losses.Select(_ => 1f)], 1, bySpan);
        (Tensor byTensor, Tensor gradients) =
            loss.Gradient(tensor(scores, [1, any.Rows, any.Slots]), tensor(targets, [1, any.Rows, any.Slots]));
        Near.Rounding(byTensor.data<float>().ToArray(), [.. losses.Select(value => (float)value)], 1e-5);
        Near.Rounding(gradients.data<float>().ToArray(), bySpan, 1e-5);
        Assert.Equal(losses.Sum(), sum, 1e-6 * Math.Max(1, sum));
    }, iter: 200);

    private static (float[] Scores, float[] Targets) Values(int slots, int rows, int seed)
    {
        var random = new Random(seed);
        float[] Draw() => [.. Enumerable.Range(0, slots * rows).Select(_ => 3 * random.NextNormal())];
        return (Draw(), Draw());
    }
}
