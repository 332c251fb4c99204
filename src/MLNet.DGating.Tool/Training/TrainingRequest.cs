using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;

namespace MLNet.DGating.Tool.Training;

/// <summary>The data and settings of a training, as inferred and as asked for.</summary>
internal sealed record TrainingRequest
{
    public required TableProfile Table { get; init; }

    public required LabelColumn Label { get; init; }

    public string? Weight { get; init; }

    /// <summary>The column whose rows of one value are all trained on or all tested on; null: none.</summary>
    public string? Group { get; init; }

    public required IReadOnlyList<ModelColumn> Columns { get; init; }

    public required IReadOnlyList<LeftOutColumn> LeftOut { get; init; }

    /// <summary>The number of features to keep; null: chosen.</summary>
    public int? FeatureCount { get; init; }

    /// <summary>How the model is tested; null: not at all.</summary>
    public TestPlan? Test { get; init; }

    /// <summary>The rule by which a row is predicted to be of the positive of two classes; null: a probability above one half.</summary>
    public ThresholdRule? Threshold { get; init; }

    /// <summary>The table of the test rows, instead of a part of the training table.</summary>
    public TableFile? TestFile { get; init; }

    /// <summary>How numbers are presented to the network.</summary>
    public DGatingNumericEncoding Encoding { get; init; }

    /// <summary>Whether features may interact.</summary>
    public DGatingModelShape Shape { get; init; }

    /// <summary>The number of networks whose mean is the model.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>The command line that asked for the training.</summary>
    public string CommandLine { get; init; } = "";

    public int Seed { get; init; } = 1;

    public DGatingDevice Device { get; init; }

    /// <summary>Carries out independent runs on several processes; null in one alone.</summary>
    public DGatingExecutor? Executor { get; init; }

    /// <summary>Keeps what has been trained so far; null to keep nothing.</summary>
    public FitCheckpoint? Checkpoint { get; init; }

    /// <summary>The names of the columns that the pipeline makes.</summary>
    public PipelineNames Names => new(Columns, Label, Weight);

    /// <summary>What the model is trained for.</summary>
    public Objective Objective { get; init; } = new();
}
