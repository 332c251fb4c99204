using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Backends;

/// <summary>The network that suits a device.</summary>
internal static class NetworkFactory
{
    /// <param name="features">Standardized rows.</param>
    /// <param name="columns">The columns of these that the network has; null for all.</param>
    /// <param name="data">Targets and weights of the same rows, and the groups of those columns.</param>
    /// <param name="trainingRows">The rows trained on; over them the mean weight is 1.</param>
    /// <param name="batchRows">Rows of a batch.</param>
    /// <param name="settings">Layers, loss, device.</param>
    /// <param name="random">Seeds the input noise.</param>
    public static INetwork Create(
        FeatureRows features, int[]? columns, TrainingSet data, ReadOnlySpan<int> trainingRows, int batchRows, TrainingSettings settings, RandomStream random)
    {
        float weightScale = WeightScale(data, trainingRows);
        var noise = new NormalNoise(random);
        if (settings.IsOnDevice)
        {
            return OnDevice(features, columns, data, weightScale, batchRows, settings, noise);
        }

        FeatureRows own = columns is null ? features : features.Select(columns);
        return new CpuNetwork(
            settings.Shape, data.Groups, new CpuKernel(own, data, weightScale, settings.Loss, settings.Activation, noise, settings.RoundsProducts && !settings.Certify), batchRows);
    }

    // On a device rows are dense.
    private static BatchedNetwork OnDevice(FeatureRows features, int[]? columns, TrainingSet data, float weightScale, int batchRows, TrainingSettings settings, NormalNoise noise)
    {
        try
        {
            return BatchedNetwork.Create(features, columns, data, weightScale, batchRows, settings, noise);
        }
        catch (ExternalException error) when (features.IsSparse)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"Sparse features become dense rows on a GPU, and {features.Rows} rows of {features.Columns} columns ({4e-9 * features.Rows * features.Columns:f1} GB) do not fit. ") +
                "Train on the CPU, where they stay sparse: DGatingDevice.Cpu.", error);
        }
    }

    private static float WeightScale(TrainingSet data, ReadOnlySpan<int> trainingRows)
    {
        if (data.Weights is null)
        {
            return 1;
        }

        double total = 0;
        foreach (int row in trainingRows)
        {
            total += data.Weights[row];
        }

        return (float)(trainingRows.Length / total);
    }
}
