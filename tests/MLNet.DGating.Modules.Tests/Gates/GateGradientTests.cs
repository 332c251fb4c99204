using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

public class GateGradientTests
{
    private static readonly Gen<(int Seed, int Inputs, int Outputs, int Depth, bool Rows)> s_layers =
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[2, 5], Gen.Bool);

    // docs/theory.md §2: the closed form, against autograd of D separate factors.
    [Fact]
    public void Gradients_AreThoseOfSeparateFactors() => s_layers.Sample(
        layer =>
        {
            using DisposeScope scope = NewDisposeScope();
            Problem problem = new(layer.Seed, layer.Inputs, layer.Outputs);
            using var unfolded = new Unfolded(problem.Layer.weight, problem.Layer.bias!, layer.Depth, layer.Rows);
            using ModuleGates gates = problem.Gated(layer.Depth, layer.Rows);
            MoveOff(gates, unfolded, layer.Seed);

            unfolded.Loss(problem.Input, problem.Target, 0.03).backward();
            problem.Loss().backward();
            gates.Backward(0.03);

            Assert.InRange(Numbers.Difference(unfolded.Primary.grad!, Of(gates, "weight.omega").grad!), 0, 1e-10);
            Assert.InRange(Numbers.Difference(unfolded.Gates[0].grad!, Of(gates, "weight.gate").grad!), 0, 1e-10);
        },
        iter: 60, threads: 1);

    // §4: one scalar stands for D − 1 equal gates, along the whole training.
    [Theory, InlineData(2, 0.0), InlineData(3, 0.9), InlineData(4, 0.5)]
    public void Training_IsThatOfSeparateFactors(int depth, double momentum)
    {
        using DisposeScope scope = NewDisposeScope();
        Problem problem = new(7, 4, 3);
        using var unfolded = new Unfolded(problem.Layer.weight, problem.Layer.bias!, depth, rows: true);
        using ModuleGates gates = problem.Gated(depth, rows: true);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.02, momentum: momentum);
        Tensor[] velocities = [.. unfolded.All.Select(each => zeros_like(each))];
        for (int step = 0; step < 150; step++)
        {
            using DisposeScope inner = NewDisposeScope();
            optimizer.zero_grad();
            problem.Loss().backward();
            gates.Step(optimizer, 0.01);
            Descend(unfolded, velocities, unfolded.Loss(problem.Input, problem.Target, 0.01), 0.02, momentum);
        }

        Assert.InRange(Numbers.Difference(unfolded.Weight, problem.Layer.weight), 0, 1e-9);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(2.5)]
    public void ThePenalty_InTheLossOrAsDecay_IsTheSame(double depth)
    {
        using DisposeScope scope = NewDisposeScope();
        Problem problem = new(3, 4, 3);
        using ModuleGates gates = problem.Gated(depth, rows: true);
        problem.Loss().backward();
        gates.Backward(0.05);
        double[] decayed = [.. gates.Factors.SelectMany(factor => Numbers.Host(factor.grad!))];
        gates.zero_grad();

        problem.Loss().add(gates.Penalty(0.05)).backward();
        gates.Backward();

        double[] summed = [.. gates.Factors.SelectMany(factor => Numbers.Host(factor.grad!))];
        Assert.All(decayed.Zip(summed), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void SlicesInNoGroup_AreTrainedAsPlainWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        Problem problem = new(5, 3, 4);
        using ModuleGates gates = new ModuleGates(problem.Layer).Gate("weight", Groups.Of(0, [[1, 3]]), depth: 3);
        problem.Loss().backward();
        double[] plain = Numbers.Host(problem.Layer.weight.grad!);
        gates.Backward(0.5);
        double[] omega = Numbers.Host(Of(gates, "weight.omega").grad!);
        Assert.Equal(plain[0..3], omega[0..3]);
        Assert.Equal(plain[6..9], omega[6..9]);
        Assert.NotEqual(plain[3..6], omega[3..6]);
    }

    [Fact]
    public void AParameterThatTheLossDoesNotUse_OnlyDecays()
    {
        using DisposeScope scope = NewDisposeScope();
        Problem problem = new(5, 3, 4);
        using ModuleGates gates = problem.Gated(3, rows: true);
        gates.Backward(0.3);
        Assert.InRange(
            Numbers.Difference(Of(gates, "weight.omega") * (2 * 0.3 / 3), Of(gates, "weight.omega").grad!), 0, 1e-12);
    }

    internal static Parameter Of(ModuleGates gates, string name) => gates.get_parameter(name)!;

    // Away from γ = 1, both in the same way.
    private static void MoveOff(ModuleGates gates, Unfolded unfolded, int seed)
    {
        using IDisposable noGradient = no_grad();
        Tensor moved = Numbers.Normal(seed + 1, unfolded.Gates[0].shape).abs() + 0.1;
        Of(gates, "weight.gate").copy_(moved);
        foreach (Tensor gate in unfolded.Gates)
        {
            gate.copy_(moved);
        }

        gates.Apply();
    }

    private static void Descend(Unfolded unfolded, Tensor[] velocities, Tensor loss, double rate, double momentum)
    {
        loss.backward();
        using IDisposable noGradient = no_grad();
        foreach ((Tensor value, Tensor velocity) in unfolded.All.Zip(velocities))
        {
            velocity.mul_(momentum).add_(value.grad!);
            value.sub_(velocity * rate);
            value.grad!.zero_();
        }
    }
}
