using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Backends;

/// <summary>Describes a network that a run needs.</summary>
/// <param name="Data">The targets and weights of the rows, and the groups of the network's columns.</param>
/// <param name="Features">The features of the same rows, encoded.</param>
/// <param name="TrainingRows">The numbers of the rows to train on; weights are scaled to a mean of 1 over them.</param>
/// <param name="BatchRows">The number of rows of a batch.</param>
/// <param name="Settings">The layers and the settings of the steps.</param>
/// <param name="Random">The random stream that seeds the input noise.</param>
internal sealed record NetworkRequest(
    TrainingSet Data, FeatureRows Features, int[] TrainingRows, int BatchRows, TrainingSettings Settings, RandomStream Random)
{
    /// <summary>The inputs of <see cref="Features"/> that the network has; null for all.</summary>
    public int[]? Inputs { get; init; }

    /// <summary>The factor that makes the mean of the weights over the training rows 1, unless it is given.</summary>
    public float WeightScale
    {
        get => field > 0 ? field : MeasuredScale();
        init;
    }

    private float MeasuredScale()
    {
        if (Data.Weights is null)
        {
            return 1;
        }

        double total = 0;
        foreach (int row in TrainingRows)
        {
            total += Data.Weights[row];
        }

        return (float)(TrainingRows.Length / total);
    }
}
