using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A network on a kernel of the test's choice, with features taken as they are.</summary>
internal sealed class Engine : IDisposable
{
    private Engine(Problem problem, IKernel kernel, int batchRows)
    {
        Kernel = kernel;
        Network = new GatedNetwork(problem.Shape, problem.Groups, kernel, batchRows);
    }

    public IKernel Kernel { get; }

    public GatedNetwork Network { get; }

    public double[] Primary => Values(Network.Gated.Primary);

    public double[] Gates => Values(Network.Gated.Gates);

    public double[] Effective => Values(Network.Gated.Effective);

    public double[] Gradient => Values(Network.Gated.Gradient);

    /// <summary>The batch is all rows, in float64.</summary>
    public static Engine Double(Problem problem) => Device(problem, ScalarType.Float64, problem.Data.Rows);

    public static Engine Device(Problem problem, ScalarType type, int batchRows) =>
        new(problem, new DeviceKernel(Features(problem), problem.Data, problem.WeightScale, problem.Loss, problem.Shape.Activation, 1, type, CPU), batchRows);

    public static Engine Cpu(Problem problem, int batchRows) =>
        new(problem, new CpuKernel(
            Features(problem), problem.Data, problem.WeightScale, problem.Loss, problem.Shape.Activation, new NormalNoise(new RandomStream(1, 0))), batchRows);

    /// <summary>Every parameter, as far as the kernel's precision goes: ω, γ, the gated bias, then weights and bias of each layer above.</summary>
    public double[] Parameters() =>
    [
        .. Primary, .. Gates, .. Values(Network.GatedBias.Value),
        .. Network.Dense.SelectMany(layer => (double[])[.. Values(layer.Weights.Value), .. Values(layer.Bias.Value)]),
    ];

    public static double[] Values(Buffer buffer)
    {
        using Tensor wide = buffer.Tensor.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }

    public void Dispose()
    {
        Network.Dispose();
        Kernel.Dispose();
    }

    private static FeatureRows Features(Problem problem) => new(problem.Data.Features, null);
}
