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

    /// <summary>Whether runs that only help to choose train on a sample of rows that do not fit in memory; else they stream too.</summary>
    public bool ChoosesOnSample { get; init; }

    /// <summary>The memory of the pool through which a run streams rows, in that of the sample; 0 where it is the sample itself.</summary>
    /// <remarks>It is the sample itself where only the last run of a fit streams.</remarks>
    public double PoolOfRun { get; init; } = 1;

    /// <summary>Whether rows may be kept sparse.</summary>
    public bool MayBeSparse { get; init; } = true;

    /// <summary>Whether all classes get the same total weight.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>The model that the fit goes on from; null where it begins anew.</summary>
    public PreviousModel? Previous { get; init; }

    /// <summary>The budget of the selection; null where there is none.</summary>
    public double? Budget { get; init; }
}
