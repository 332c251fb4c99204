using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Creates the networks of a run on the CPU.</summary>
/// <remarks>The parts of a run are carried out one after the other, since other runs use the other threads.</remarks>
/// <param name="threads">The threads that share the work of a wide network, at least 1; a result has the same bits with any number.</param>
/// <param name="exchange">Keeps the networks of ranks together; null where every batch is in this process.</param>
internal sealed class CpuScope(int threads = 1, StepExchange? exchange = null) : RunScope
{
    public static CpuScope Instance { get; } = new();

    public override bool PrefersCopies => true;

    public override INetwork Create(NetworkRequest request)
    {
        return new CpuNetwork(request.Settings.ShapeFor(request.Data.Task), request.Data.Groups, KernelFor(request), request.BatchRows);
    }

    public override ITrainedNetwork CreateEmbedded(NetworkRequest request, NetworkShape shape, double embeddingDecay) =>
        new EmbeddedNetwork(shape, request.Data.Groups, KernelFor(request), request.BatchRows, embeddingDecay);

    public override void ForEach(int count, Action<int, RunScope> part)
    {
        for (int i = 0; i < count; i++)
        {
            part(i, this);
        }
    }

    private CpuKernel KernelFor(NetworkRequest request)
    {
        FeatureRows features = request.Inputs is null ? request.Features : request.Features.Select(request.Inputs);
        bool isRounded = request.Settings.UseBfloat16 && Bfloat16Products.IsSupported;
        var noise = new NormalNoise(request.Random);
        return new CpuKernel(
            features, request.Data, request.WeightScale, request.Settings.Activation, noise, request.Random, isRounded, threads, exchange);
    }
}
