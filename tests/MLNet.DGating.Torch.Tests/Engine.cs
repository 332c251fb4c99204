using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A network on the backend that the test wants, with its parameters at hand in float64.</summary>
internal sealed class Engine : IDisposable
{
    private readonly BatchedRuns? _runs;
    private double _lossSum;

    private Engine(NetworkRequest request, BatchedRuns? runs, int threads = 1)
    {
        _runs = runs;
        RunScope scope = runs is null ? new CpuScope(threads) : BatchedScope.Root(runs);
        Network = scope.Create(request);
    }

    public INetwork Network { get; }

    public double[] Primary => Network is BatchedNetwork member ? Values(member.Parameters.Primary) : Values(Cpu.Gated.Primary.Tensor);

    /// <summary>γ of every group.</summary>
    public double[] Gates => Network is BatchedNetwork member
        ? [.. Network.Groups.Starts[..^1].Select(column => Values(member.Parameters.Gates)[column])]
        : Values(Cpu.Gated.Gates.Tensor);

    /// <summary>The gated layer's bias, then weights and bias of each layer above.</summary>
    public double[] Ungated => Network is BatchedNetwork member
        ? Values(member.Parameters.Ungated)
        :
        [
            .. Values(Cpu.GatedBias.Value.Tensor),
            .. Cpu.Dense.SelectMany(layer => (double[])[.. Values(layer.Weights.Value.Tensor), .. Values(layer.Bias.Value.Tensor)]),
        ];

    /// <summary>Every parameter, as far as the network's precision goes: ω, γ, then the ungated ones.</summary>
    public double[] Parameters => [.. Primary, .. Gates, .. Ungated];

    private CpuNetwork Cpu => (CpuNetwork)Network;

    /// <summary>On the CPU's own backend.</summary>
    /// <param name="problem">Data and layers; features are taken as they are.</param>
    /// <param name="batchRows">Rows of a batch.</param>
    /// <param name="features">The same rows, encoded; null where they are taken as they are.</param>
    /// <param name="threads">The threads that share the work of a wide layer.</param>
    public static Engine OnCpu(Problem problem, int batchRows, FeatureRows? features = null, int threads = 1) =>
        new(Request(problem, batchRows, features), null, threads);

    /// <summary>On the batched backend, on the CPU.</summary>
    public static Engine Batched(Problem problem, ScalarType type, int batchRows, FeatureRows? features = null) =>
        new(Request(problem, batchRows, features), new BatchedRuns(type, CPU));

    /// <summary>On the batched backend in float64; the batch is all rows.</summary>
    public static Engine Double(Problem problem) => Batched(problem, ScalarType.Float64, problem.Data.Rows);

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

    public void Step(int[] rows, in StepSettings step) => Steps(1, rows, step);

    /// <summary>So many steps on the same rows, in one iteration.</summary>
    public void Steps(int count, int[] rows, in StepSettings step) => _lossSum += Network.Train(
        new Iteration(
            [.. Enumerable.Repeat(rows, count).SelectMany(batch => batch)], step, [.. Enumerable.Repeat(step.LearningRate, count)]));

    /// <summary>∂L/∂w.</summary>
    public double[] Gradient(int[] rows) => Network.Gradient(rows).Gradients[0];

    /// <summary>The losses of all steps since the last call.</summary>
    public double TakeLoss()
    {
        double sum = _lossSum;
        _lossSum = 0;
        return sum;
    }

    public void Dispose()
    {
        Network.Dispose();
        _runs?.Dispose();
    }

    private static NetworkRequest Request(Problem problem, int batchRows, FeatureRows? features) => new(
        problem.Data, features ?? new FeatureRows(problem.Data.Features, null), problem.Rows, batchRows, problem.Settings,
        new RandomStream(1, 0));

    private static double[] Values(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
