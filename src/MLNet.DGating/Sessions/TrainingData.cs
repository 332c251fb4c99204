using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Describes the data that a session reads.</summary>
/// <param name="Training">The rows to train on.</param>
internal sealed record TrainingData(RoleMappedData Training)
{
    /// <summary>The rows to choose by; null to hold out a part of the training rows.</summary>
    public RoleMappedData? Validation { get; init; }

    /// <summary>Collects the sampling keys of the rows; null where there are none.</summary>
    public SamplingKeys? Keys { get; init; }

    /// <summary>Whether rows that do not fit in memory are streamed while the model is trained.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether rows may be kept sparse.</summary>
    public bool MayBeSparse { get; init; } = true;

    /// <summary>Whether all classes get the same total weight.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>The model that the fit goes on from; null where it begins anew.</summary>
    public PreviousModel? Previous { get; init; }

    /// <summary>The budget of the selection; null where there is none.</summary>
    public double? Budget { get; init; }
}
