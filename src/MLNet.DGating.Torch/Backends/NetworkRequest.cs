using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Backends;

/// <summary>Describes a network that a run needs.</summary>
/// <param name="Data">Targets and weights of the rows, and the groups of the network's columns.</param>
/// <param name="Features">The same rows, encoded.</param>
/// <param name="TrainingRows">The rows trained on; over them the mean weight is 1.</param>
/// <param name="BatchRows">Rows of a batch.</param>
/// <param name="Settings">Layers and steps.</param>
/// <param name="Random">Seeds the input noise.</param>
internal sealed record NetworkRequest(
    TrainingSet Data, FeatureRows Features, int[] TrainingRows, int BatchRows, TrainingSettings Settings, RandomStream Random)
{
    /// <summary>The inputs of the features that the network has; null for all.</summary>
    public int[]? Inputs { get; init; }

    /// <summary>What weights are multiplied by, so that their mean over the training rows is 1.</summary>
    public float WeightScale
    {
        get
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
}
