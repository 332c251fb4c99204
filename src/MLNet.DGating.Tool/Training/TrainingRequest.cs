using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>What is to be trained: all that was inferred and asked for.</summary>
internal sealed record TrainingRequest
{
    public required TableProfile Table { get; init; }

    public required LabelColumn Label { get; init; }

    public string? Weight { get; init; }

    public required IReadOnlyList<ModelColumn> Columns { get; init; }

    public required IReadOnlyList<LeftOutColumn> LeftOut { get; init; }

    /// <summary>Features to keep; null: chosen.</summary>
    public int? FeatureCount { get; init; }

    /// <summary>The part of the rows that is held out for the test.</summary>
    public double Split { get; init; }

    /// <summary>Rows for the test, instead of a part of the table.</summary>
    public TableFile? TestFile { get; init; }

    public int Seed { get; init; } = 1;

    public DGatingDevice Device { get; init; }
}
