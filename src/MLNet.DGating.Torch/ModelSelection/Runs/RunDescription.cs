using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Says what a run is, with everything its result depends on beside the rows themselves: it can be carried out anywhere.</summary>
internal sealed record RunDescription
{
    /// <summary>How to train.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The rows to train on; their statistics standardize the features.</summary>
    public required int[] TrainingRows { get; init; }

    /// <summary>The rows to evaluate on; may be empty.</summary>
    public int[] HeldOutRows { get; init; } = [];

    /// <summary>The groups that the run is about, ascending; null for all.</summary>
    public int[]? Groups { get; init; }

    /// <summary>What ends the path; null for a run that only refits <see cref="Start"/>.</summary>
    public StopRule? Stop { get; init; }

    /// <summary>What a run without a path refits.</summary>
    public PathSnapshot? Start { get; init; }

    /// <summary>Deviation of the input noise on the path.</summary>
    public double InputNoise { get; init; }

    /// <summary>Everything random follows from it.</summary>
    public required int Seed { get; init; }

    /// <summary>The random stream of the path (<see cref="RandomPurpose"/>).</summary>
    public int Purpose { get; init; } = RandomPurpose.Path;

    /// <summary>The share of the iterations of an ordinary run, above 0 and at most 1.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Whether the path's snapshots are refitted and evaluated.</summary>
    public bool Refits { get; init; } = true;

    /// <summary>What the path records.</summary>
    public PathRecords Records { get; init; }

    /// <summary>Whether the result has the networks, or only what was found out about them.</summary>
    public bool KeepsNetworks { get; init; } = true;

    /// <summary>Whether the run only helps to choose, and reports its progress as that.</summary>
    public bool IsForChoice { get; init; }

    /// <summary>Whether the run reads all rows, where those in memory are a sample.</summary>
    public bool StreamsRows { get; init; }

    /// <summary>Whether the run is on so few of the rows that a copy of them pays.</summary>
    public bool CopiesRows { get; init; }
}
