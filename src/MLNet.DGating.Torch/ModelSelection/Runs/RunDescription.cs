using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Describes a run: everything that its result depends on, except for the rows themselves.</summary>
internal sealed record RunDescription
{
    /// <summary>The settings of the training.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The numbers of the rows to train on; their statistics standardize the features.</summary>
    public required int[] TrainingRows { get; init; }

    /// <summary>The numbers of the rows to evaluate on; may be empty.</summary>
    public int[] HeldOutRows { get; init; } = [];

    /// <summary>The groups of the network, ascending; null for all.</summary>
    public int[]? Groups { get; init; }

    /// <summary>The rule that ends the path; null for a run that only refits <see cref="Start"/>.</summary>
    public StopRule? Stop { get; init; }

    /// <summary>The snapshot that a run without a path refits.</summary>
    public PathSnapshot? Start { get; init; }

    /// <summary>Whether <see cref="Start"/> is a finished model, with which training goes on.</summary>
    public bool ContinuesModel { get; init; }

    /// <summary>The parameters that the path begins with, of the inputs whose encoding is given; null to draw them at random.</summary>
    /// <remarks>All other inputs begin with weights of 0.</remarks>
    public NetworkState? Beginning { get; init; }

    /// <summary>The deviation of the input noise on the path, at least 0.</summary>
    public double InputNoise { get; init; }

    /// <summary>The seed of all random numbers of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The random stream of the path (<see cref="RandomPurpose"/>).</summary>
    public int Purpose { get; init; } = RandomPurpose.Path;

    /// <summary>The share of the iterations of an ordinary run, above 0 and at most 1.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Whether the path's snapshots are refitted and evaluated.</summary>
    public bool Refits { get; init; } = true;

    /// <summary>The first round of the refits, from 0; above 0 for a run that goes on with the refit of <see cref="Start"/>.</summary>
    public int FirstRound { get; init; }

    /// <summary>The number behind the last round of the refits; null for all.</summary>
    /// <remarks>Between the start and the end of the first round there is <see cref="RefitRounds.Halfway"/>.</remarks>
    public double? EndOfRounds { get; init; }

    /// <summary>Whether every snapshot is refitted as soon as it is taken, and the path ends where smaller counts cannot win.</summary>
    public bool EndsWhereHopeless { get; init; }

    /// <summary>The values that the path records in addition to its points.</summary>
    public PathRecords Records { get; init; }

    /// <summary>The networks that the result holds.</summary>
    public KeptNetworks Networks { get; init; }

    /// <summary>Whether the run only helps to choose; its progress is then reported as <see cref="DGatingPhase.Choosing"/>.</summary>
    public bool IsForChoice { get; init; }

    /// <summary>What the run trains on where the rows in memory are a sample of a stream.</summary>
    public RowSource Source { get; init; }

    /// <summary>Whether the run trains on so few of the rows that a copy of them is worth its cost.</summary>
    public bool CopiesRows { get; init; }

    /// <summary>The model that the run draws a knockoff of every group from, which is trained beside it; null for none.</summary>
    /// <remarks>The groups of the result are then those of <see cref="KnockoffLayout"/>.</remarks>
    public KnockoffModel? Knockoffs { get; init; }
}
