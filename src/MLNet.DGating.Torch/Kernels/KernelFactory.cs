using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.DGating.Torch;

/// <summary>The kernel that suits a device.</summary>
internal static class KernelFactory
{
    /// <param name="features">Standardized rows.</param>
    /// <param name="data">Targets and weights of the same rows.</param>
    /// <param name="trainingRows">The rows trained on; over them the mean weight is 1.</param>
    /// <param name="settings">Loss, activation, device.</param>
    /// <param name="random">Seeds the input noise.</param>
    public static IKernel Create(FeatureRows features, TrainingSet data, ReadOnlySpan<int> trainingRows, TrainingSettings settings, RandomStream random)
    {
        float weightScale = 1;
        if (data.Weights is not null)
        {
            double total = 0;
            foreach (int row in trainingRows)
            {
                total += data.Weights[row];
            }

            weightScale = (float)(trainingRows.Length / total);
        }

        return settings.Device.type == DeviceType.CPU
            ? new CpuKernel(features, data, weightScale, settings.Loss, settings.Activation, new NormalNoise(random))
            : OnDevice(features, data, weightScale, settings, (int)random.NextUInt64());
    }

    // On a device rows are dense.
    private static DeviceKernel OnDevice(FeatureRows features, TrainingSet data, float weightScale, TrainingSettings settings, int seed)
    {
        try
        {
            return new DeviceKernel(features, data, weightScale, settings.Loss, settings.Activation, seed, torch.ScalarType.Float32, settings.Device);
        }
        catch (ExternalException error) when (features.IsSparse)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"Sparse features become dense rows on a GPU, and {features.Rows} rows of {features.Columns} columns ({4e-9 * features.Rows * features.Columns:f1} GB) do not fit. ") +
                "Train on the CPU, where they stay sparse: DGatingDevice.Cpu.", error);
        }
    }
}
