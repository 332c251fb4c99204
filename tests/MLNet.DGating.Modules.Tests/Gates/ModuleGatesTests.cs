using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

public class ModuleGatesTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(4), InlineData(2.7)]
    public void ThePenalty_IsTheNorm_WhereGroupsAreBalanced_AndMoreElsewhere(double depth)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(1, 5, 4);
        using ModuleGates gates = new ModuleGates(problem.Layer).Gate("weight", Groups.Rows, depth, weight: 1.7);
        double[] norms = [.. gates.Measure()[0].Norms];
        double norm = 0.3 * 1.7 * norms.Sum(value => Math.Pow(value, 2 / depth));
        Assert.True(gates.Penalty(0.3).item<double>() > norm * 1.001);

        Balance(gates, norms, depth);

        Assert.Equal(norm, gates.Penalty(0.3).item<double>(), 1e-12);
        Assert.All(gates.Measure()[0].Imbalances, imbalance => Assert.Equal(0, imbalance, 1e-12));
    }

    [Fact]
    public void Gating_AndCollapsing_LeaveTheOutputsAsTheyAre()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(2, 5, 4);
        Tensor before = problem.Layer.call(problem.Input);
        using ModuleGates gates = problem.Gated(3, rows: true);
        gates.Apply();
        Assert.Equal(Numbers.Host(before), Numbers.Host(problem.Layer.call(problem.Input)));

        Train(problem, gates, 20, 0.01);
        Tensor trained = problem.Layer.call(problem.Input);
        Module plain = gates.Collapse();

        Assert.Same(problem.Layer, plain);
        Assert.Equal(Numbers.Host(trained), Numbers.Host(problem.Layer.call(problem.Input)));
        Assert.Equal(["weight", "bias"], plain.state_dict().Keys.OrderDescending());
    }

    [Theory, InlineData("SGD"), InlineData("momentum"), InlineData("Adam"), InlineData("AdamW")]
    public void UselessInputs_Leave_AndUsefulOnesStay(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(3, 12, 2, rows: 300);
        problem.Target.copy_(problem.Input.narrow(1, 0, 2).clamp(-0.9, 0.9));
        using ModuleGates gates = problem.Gated(3, rows: false);
        using optim.Optimizer optimizer = Make(name, gates);
        for (int step = 0; step < 400; step++)
        {
            foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            {
                group.LearningRate = group.InitialLearningRate * (1 - step / 400.0);
            }

            using DisposeScope inner = NewDisposeScope();
            optimizer.zero_grad();
            problem.Loss().backward();
            gates.Step(optimizer, 0.02);
        }

        Assert.Equal(10, gates.Cut());
        Assert.Equal(0, gates.Cut());
        GatedGroups groups = Assert.Single(gates.Measure());
        Assert.Equal(2, groups.Alive);
        Assert.All(groups.Norms.Take(2), norm => Assert.InRange(norm, 0.5, 3));
        Assert.All(groups.Norms.Skip(2), norm => Assert.Equal(0, norm));
    }

    [Fact]
    public void AGroupThatWasCut_StaysAtZero_WhateverTheMomentum()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(4, 3, 2);
        using ModuleGates gates = problem.Gated(2, rows: false);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
        Train(problem, gates, 5, 0, optimizer);
        using (no_grad())
        {
            GateGradientTests.Of(gates, "weight.gate")[1].mul_(1e-6);
        }

        gates.Apply();
        Assert.Equal(1, gates.Cut());
        Train(problem, gates, 20, 0, optimizer);
        Assert.Equal(2, gates.Measure()[0].Alive);
        Assert.Equal(0, gates.Measure()[0].Norms[1]);
    }

    // docs/theory.md §26: where the loss does not see the common scale of all groups, the penalty of gates chooses none of them.
    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void Decay_LeavesTheRatiosOfNormsAsTheyAre(double depth)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(9, 5, 4);
        using ModuleGates gates = problem.Gated(depth, rows: true);
        Train(problem, gates, 5, 0);
        double[] before = [.. gates.Measure()[0].Norms];
        using SGD optimizer = optim.SGD(gates.Trainable, 0.1);
        for (int step = 0; step < 30; step++)
        {
            optimizer.zero_grad();
            gates.Step(optimizer, 0.5);
        }

        double[] after = [.. gates.Measure()[0].Norms];
        Assert.All(before.Zip(after), pair => Assert.Equal(after[0] / before[0], pair.Second / pair.First, 1e-12));
        Assert.InRange(after[0] / before[0], 0, 0.1);
    }

    // docs/theory.md §4: a step leaves half of a gate.
    [Fact]
    public void AGate_KeepsItsSign()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(5, 3, 2);
        using ModuleGates gates = problem.Gated(2.5, rows: false);
        using SGD optimizer = optim.SGD(gates.Trainable, 50);
        Train(problem, gates, 1, 0.5, optimizer);
        Assert.All(gates.Measure()[0].Gates, gate => Assert.InRange(gate, 0.5, double.MaxValue));
    }

    [Fact]
    public void SavedGates_ContinueWhereTheyWere()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(6, 4, 3);
        using ModuleGates gates = problem.Gated(3, rows: true);
        Train(problem, gates, 30, 0.05);
        using var stream = new MemoryStream();
        gates.save(stream);
        double[] trained = Numbers.Host(problem.Layer.weight);

        var other = new Problem(60, 4, 3);
        using ModuleGates loaded = other.Gated(3, rows: true);
        loaded.load(new MemoryStream(stream.ToArray()));

        Assert.Equal(trained, Numbers.Host(other.Layer.weight));
        Assert.Equal(gates.Measure()[0].Gates, loaded.Measure()[0].Gates);
    }

    [Fact]
    public void AStateDictionary_IsWrittenThroughToTheModule()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(6, 4, 3);
        using ModuleGates gates = problem.Gated(3, rows: true);
        var other = new Problem(61, 4, 3);
        using ModuleGates loaded = other.Gated(3, rows: true);
        loaded.load_state_dict(gates.state_dict());
        Assert.Equal(Numbers.Host(problem.Layer.weight), Numbers.Host(other.Layer.weight));
    }

    [Fact]
    public void GatesMoveWithTheirType()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(6, 4, 3);
        using ModuleGates gates = problem.Gated(3, rows: true);
        problem.Layer.to(float32);
        gates.to(float32);
        gates.Apply();
        Assert.All(gates.state_dict().Values, value => Assert.Equal(float32, value.dtype));
        Assert.Equal(float32, problem.Layer.weight.dtype);
    }

    [Fact]
    public void Training_LeavesNoTensors()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(7, 4, 3);
        using ModuleGates gates = problem.Gated(3, rows: true);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
        Train(problem, gates, 2, 0.1, optimizer);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(problem, gates, 10, 0.1, optimizer);
        gates.Cut();
        gates.Measure();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TheSameSteps_GiveTheSameBits() => Assert.Equal(Trained(), Trained());

    private static double[] Trained()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(8, 6, 5);
        using ModuleGates gates = problem.Gated(3, rows: true);
        Train(problem, gates, 50, 0.01);
        return Numbers.Host(problem.Layer.weight);
    }

    private static void Balance(ModuleGates gates, double[] norms, double depth)
    {
        using IDisposable noGradient = no_grad();
        Tensor balanced = tensor([.. norms.Select(norm => Math.Pow(norm, 1 / depth))]);
        Tensor ratio = tensor([.. norms.Select(norm => Math.Pow(norm, 1 / depth - 1))]);
        GateGradientTests.Of(gates, "weight.gate").copy_(balanced);
        GateGradientTests.Of(gates, "weight.omega").mul_(ratio.view(-1, 1));
    }

    private static optim.Optimizer Make(string name, ModuleGates gates) => name switch
    {
        "SGD" => optim.SGD(gates.Trainable, 1.5),
        "momentum" => optim.SGD(gates.Trainable, 0.2, momentum: 0.9),
        "Adam" => optim.Adam(gates.Trainable, 0.02),
        _ => optim.AdamW(
            [new AdamW.ParamGroup(gates.Factors, 0.02), new AdamW.ParamGroup(gates.Ungated, 0.02, weight_decay: 0.01)]),
    };

    internal static void Train(Problem problem, ModuleGates gates, int steps, double lambda, optim.Optimizer? given = null)
    {
        using SGD made = optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
        optim.Optimizer optimizer = given ?? made;
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            problem.Loss().backward();
            gates.Step(optimizer, lambda);
        }
    }
}
