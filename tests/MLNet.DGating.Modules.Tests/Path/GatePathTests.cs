using MLNet.DGating.Modules.Tests.Gates;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Path;

public class GatePathTests
{
    [Fact]
    public void APath_LosesGroups_AndItsPointsCanBeRestored()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(21, 10, 2, rows: 100);
        problem.Target.copy_(problem.Input.narrow(1, 0, 2).clamp(-0.9, 0.9));
        using ModuleGates gates = problem.Gated(3, rows: false);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
        var epochs = new List<GateEpoch>();
        var options = new GatePathOptions
        {
            Lambdas = LambdaGrid.Geometric(1e-3, 1, 7), EpochsPerLambda = 2,
            EpochEnded = epoch =>
            {
                epochs.Add(epoch);
                return true;
            },
        };

        IReadOnlyList<GatePathPoint> path = GatePath.Follow(
            gates, options, epoch => ModuleGatesTests.Train(problem, gates, 60, epoch.Lambda, optimizer),
            () => problem.Loss().item<double>());

        int[] alive = [.. path.Select(point => point.AliveGroups)];
        Assert.Equal(alive.OrderDescending(), alive);
        Assert.Contains(2, alive);
        Assert.Equal(0, alive[^1]);
        Assert.Equal(2 * path.Count, epochs.Count);
        GatePathPoint two = path.First(point => point.AliveGroups == 2);
        gates.Collapse();
        two.RestoreTo(problem.Layer);
        Assert.Equal(two.ValidationLoss, problem.Loss().item<double>(), 1e-12);
    }

    [Fact]
    public void APath_EndsWhereTheLossRises_OrTheCallbackSaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(22, 4, 2);
        using ModuleGates gates = problem.Gated(3, rows: false);
        double loss = 1;
        var rising = new GatePathOptions { Lambdas = [0, 0, 0, 0], StopsAboveLoss = 0.5, KeepsWeights = false };
        Assert.Equal(3, GatePath.Follow(gates, rising, _ => loss += 0.3, () => loss).Count);

        var stopped = new GatePathOptions
        {
            Lambdas = [0, 0, 0], EpochsPerLambda = 3, EpochEnded = epoch => epoch is not { Point: 1, Epoch: 1 },
        };
        int trained = 0;
        IReadOnlyList<GatePathPoint> path = GatePath.Follow(gates, stopped, _ => trained++, () => 0);
        Assert.Equal((5, 2), (trained, path.Count));
        Assert.Throws<InvalidOperationException>(() => GatePath.Follow(gates, rising, _ => { }, () => 0)[0].RestoreTo(problem.Layer));
    }

    // docs/theory.md §26: what the rule promises, for a group without a gradient.
    [Theory, InlineData(2, 0.0), InlineData(3, 0.9), InlineData(4, 0.9)]
    public void TheSmallestLambda_TakesAUselessGroupToTheCut(double depth, double momentum)
    {
        const int steps = 300;
        double lambda = LambdaGrid.Smallest(LambdaGrid.CosineSum(0.05, steps), momentum);
        Assert.InRange(NormAfter(steps, 1.15 * lambda, depth, momentum), 0, ModuleGates.DefaultCutThreshold);
        Assert.InRange(NormAfter(steps, 0.85 * lambda, depth, momentum), ModuleGates.DefaultCutThreshold, 1e-2);
    }

    [Fact]
    public void Grids_CheckWhatTheyAreGiven()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LambdaGrid.Smallest(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LambdaGrid.Smallest(0, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => LambdaGrid.Geometric(1, 2, 1));
        Assert.Equal([1, 2, 4], LambdaGrid.Geometric(1, 4, 3), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.5 * Enumerable.Range(0, 100).Sum(i => 1 + Math.Cos(Math.PI * i / 100)), LambdaGrid.CosineSum(1, 100), 1e-9);
    }

    private static double NormAfter(int steps, double lambda, double depth, double momentum)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(23, 1, 1);
        problem.Layer.weight.requires_grad_(false).fill_(1).requires_grad_(true);
        using ModuleGates gates = problem.Gated(depth, rows: true);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.05, momentum: momentum);
        for (int step = 0; step < steps; step++)
        {
            foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            {
                group.LearningRate = 0.025 * (1 + Math.Cos(Math.PI * step / steps));
            }

            gates.Step(optimizer, lambda);
            optimizer.zero_grad();
        }

        return gates.Measure()[0].Norms[0];
    }
}
