using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>What a session reads.</summary>
/// <param name="Training">The rows to train on.</param>
internal sealed record TrainingData(RoleMappedData Training)
{
    /// <summary>The rows to choose by; null to hold out a part of the training rows.</summary>
    public RoleMappedData? Validation { get; init; }

    /// <summary>Takes the sampling keys of the rows; null where there are none.</summary>
    public SamplingKeys? Keys { get; init; }

    /// <summary>Whether rows that do not fit in memory are read again and again while the model is trained.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether rows may be kept sparse.</summary>
    public bool MayBeSparse { get; init; } = true;

    /// <summary>What the selection may cost; null where costs do not end it.</summary>
    public double? Budget { get; init; }
}
