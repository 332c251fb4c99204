using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>A run on one thread of the CPU. Parts of it follow each other: other runs have the other threads.</summary>
internal sealed class CpuScope : RunScope
{
    public static CpuScope Instance { get; } = new();

    public override bool PrefersCopies => true;

    public override INetwork Create(NetworkRequest request)
    {
        FeatureRows own = request.Inputs is null ? request.Features : request.Features.Select(request.Inputs);
        bool rounds = request.Settings.UseBfloat16 && Bfloat16Products.IsSupported;
        var kernel = new CpuKernel(own, request.Data, request.WeightScale, request.Settings.Activation, new NormalNoise(request.Random), rounds);
        return new CpuNetwork(request.Settings.ShapeFor(request.Data.Task), request.Data.Groups, kernel, request.BatchRows);
    }

    public override void ForEach(int count, Action<int, RunScope> part)
    {
        for (int i = 0; i < count; i++)
        {
            part(i, this);
        }
    }
}
