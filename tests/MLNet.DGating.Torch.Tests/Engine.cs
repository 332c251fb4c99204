using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A network where the test wants it, with features taken as they are.</summary>
internal sealed class Engine(INetwork network) : IDisposable
{
    private double _lossSum;

    public INetwork Network { get; } = network;

    public double[] Primary => Network is BatchedNetwork member ? Values(member.Parameters.Primary) : Values(Cpu.Gated.Primary.Tensor);

    /// <summary>γ of every group.</summary>
    public double[] Gates => Network is BatchedNetwork member
        ? [.. Network.Groups.Starts[..^1].Select(column => Values(member.Parameters.Gates)[column])]
        : Values(Cpu.Gated.Gates.Tensor);

    /// <summary>The gated layer's bias, then weights and bias of each layer above.</summary>
    public double[] Ungated => Network is BatchedNetwork member
        ? Values(member.Parameters.Ungated)
        : [.. Values(Cpu.GatedBias.Value.Tensor), .. Cpu.Dense.SelectMany(layer => (double[])[.. Values(layer.Weights.Value.Tensor), .. Values(layer.Bias.Value.Tensor)])];

    /// <summary>Every parameter, as far as the network's precision goes: ω, γ, then the ungated ones.</summary>
    public double[] Parameters => [.. Primary, .. Gates, .. Ungated];

    private CpuNetwork Cpu => (CpuNetwork)Network;

    /// <summary>The batch is all rows, in float64.</summary>
    public static Engine Double(Problem problem) => Device(problem, ScalarType.Float64, problem.Data.Rows);

    public static Engine Device(Problem problem, ScalarType type, int batchRows) => new(BatchedNetwork.Create(
        Features(problem), null, problem.Data, problem.WeightScale, batchRows, Settings(problem) with { IsBatched = true, Precision = type }, Noise()));

    public static Engine OnCpu(Problem problem, int batchRows) => new(new CpuNetwork(
        problem.Shape, problem.Groups, new CpuKernel(Features(problem), problem.Data, problem.WeightScale, problem.Loss, problem.Shape.Activation, Noise()), batchRows));

    /// <summary>w = ω γ^(D−1).</summary>
    public double[] Effective(double gateDepth)
    {
        if (Network is not BatchedNetwork member)
        {
            return Values(Cpu.Gated.Effective.Tensor);
        }

        using DisposeScope scope = NewDisposeScope();
        return Values(BatchedDescent.Effective(member.Parameters, gateDepth));
    }

    public void Step(int[] rows, in StepSettings step) => _lossSum += Network.Train(new Iteration(rows, step, [step.LearningRate]));

    /// <summary>So many steps on the same rows, in one iteration.</summary>
    public void Steps(int count, int[] rows, in StepSettings step) =>
        _lossSum += Network.Train(new Iteration([.. Enumerable.Repeat(rows, count).SelectMany(batch => batch)], step, [.. Enumerable.Repeat(step.LearningRate, count)]));

    /// <summary>∂L/∂w.</summary>
    public double[] Gradient(int[] rows) => Network.Gradient(rows).Gradients[0];

    /// <summary>The losses of all steps since the last call.</summary>
    public double TakeLoss()
    {
        double sum = _lossSum;
        _lossSum = 0;
        return sum;
    }

    public void Dispose() => Network.Dispose();

    private static double[] Values(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    private static TrainingSettings Settings(Problem problem) => new()
    {
        Loss = problem.Loss, Hidden = problem.Shape.Hidden, Skip = problem.Shape.Skip, Activation = problem.Shape.Activation,
    };

    private static NormalNoise Noise() => new(new RandomStream(1, 0));

    private static FeatureRows Features(Problem problem) => new(problem.Data.Features, null);
}
