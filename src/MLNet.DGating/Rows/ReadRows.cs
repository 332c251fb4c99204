using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;

namespace MLNet.DGating;

/// <summary>Holds rows as they were read: training rows first, then validation rows.</summary>
/// <param name="Features">The slots that were read, in their order.</param>
/// <param name="Labels">The label of each row.</param>
/// <param name="Weights">The example weight of each row; null where there is no weight column.</param>
/// <param name="TrainingRows">The number of training rows.</param>
internal sealed record ReadRows(FeatureMatrix Features, float[] Labels, float[]? Weights, int TrainingRows)
{
    /// <summary>Whether rows with missing features were kept.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>Whether a feature of some row was missing.</summary>
    public bool HasMissing { get; init; }

    /// <summary>Whether the training rows are a sample, since not all of them fit in memory.</summary>
    public bool IsSample { get; init; }

    /// <summary>Gives the stream of all training rows, where only a sample of them was kept; else null.</summary>
    public required StreamOf Stream { get; init; }

    /// <summary>Gives the stream of rows.</summary>
    /// <param name="inputs">The inputs of a row of the stream.</param>
    /// <param name="targetOf">Gives the target of a label.</param>
    /// <param name="factorOf">Gives the factor of the weight of a row with a label.</param>
    public delegate RowStream? StreamOf(SlotInputs inputs, Func<float, float> targetOf, Func<float, float> factorOf);
}
