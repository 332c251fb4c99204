using MLNet.DGating.Torch.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time of scoring with the network of a model in TorchSharp, one row at a time.</summary>
internal static class TorchRowByRow
{
    /// <summary>Measures the seconds a row, and those of the layers alone.</summary>
    /// <remarks>The first time includes selecting, standardizing and clipping the slots; both include the softmax.</remarks>
    public static (double Whole, double LayersAlone) SecondsPerRow(CollapsedNetwork model, float[] row)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        using IDisposable noGradient = no_grad();
        int kept = model.Inputs.Slots.Length;
        using Tensor slots = tensor(Array.ConvertAll(model.Inputs.Slots.ToArray(), slot => (long)slot));
        using Tensor mean = tensor(model.Inputs.Encoding.Offsets[..kept]), inverse = tensor(model.Inputs.Encoding.Scales[..kept]);
        using Sequential layers = nn.Sequential(
            ("hidden", nn.Linear(kept, model.Hidden[0].Outputs)), ("relu", nn.ReLU()),
            ("output", nn.Linear(model.Hidden[0].Outputs, model.OutputCount)), ("softmax", nn.Softmax(1)));
        float[] selected = row[..kept];
        double whole = Stopwatching.SecondsPerCall(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor z = tensor(row, [1, row.Length]).index_select(1, slots).sub_(mean).mul_(inverse)
                .clamp_(-DGatingDefaults.StandardizedBound, DGatingDefaults.StandardizedBound);
            GC.KeepAlive(layers.call(z).data<float>()[0]);
        });
        double layersAlone = Stopwatching.SecondsPerCall(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            GC.KeepAlive(layers.call(tensor(selected, [1, kept])).data<float>()[0]);
        });
        return (whole, layersAlone);
    }
}
