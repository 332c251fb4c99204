using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Provides what fits of all kinds need: the rows, the settings, and the executor of runs.</summary>
/// <param name="Data">All rows.</param>
/// <param name="Settings">The settings of the fit as given.</param>
/// <param name="Executor">Carries out runs on the rows.</param>
/// <param name="Context">Takes messages, and cancels the fit.</param>
/// <param name="TrainingRows">How many of the rows are trained on; null for all.</param>
internal sealed record FitWorkflow(
    TrainingSet Data, FitSettings Settings, IRunExecutor Executor, RunContext Context, int? TrainingRows = null) : IDisposable
{
    /// <summary>The fewest rows that are dealt into folds, and that can tell that no feature helps.</summary>
    public const int SmallestSample = 20;

    /// <summary>The settings of the fit, with the regularization that follows from rows and columns where none is given.</summary>
    /// <remarks>Sparse features and reconstructions have that of many rows.</remarks>
    public FitSettings Settings { get; init; } = Settings.Completed(ColumnsPerRowOf(Data, TrainingRows));

    /// <summary>Whether runs that only help to choose train on the rows in memory alone, where those are a sample of a stream.</summary>
    public bool ChoosesOnSample { get; init; }

    /// <summary>The counts of the candidates: the given ones, or a grid; empty where λ or a budget ends the path.</summary>
    public int[] Counts => Settings.Stop switch
    {
        StopRule.AtCounts(int[] counts) => Array.ConvertAll(counts, count => Math.Min(count, Data.Groups.Count)),
        StopRule.Automatic => Grid,
        _ => [],
    };

    /// <summary>The counts among which one is chosen, descending: the largest is that of the groups that enter a path.</summary>
    public int[] Grid => CountGrid.Of(Data.Groups, EnteringCount);

    /// <summary>The most groups that enter a path to a count; all where a model is continued, or no label says which to prefer.</summary>
    public int EnteringCount => Settings.Beginning is null && Data.TargetRows is null
        ? Settings.Training.EnteringOf(Data.Groups.Count)
        : Data.Groups.Count;

    /// <summary>Whether some groups do not enter the paths (docs/theory.md §35).</summary>
    public bool IsScreened => EnteringCount < Data.Groups.Count && Counts is [int largest, ..] && largest <= EnteringCount;

    /// <summary>Whether the count is chosen among those of a grid.</summary>
    public bool IsCountOpen => Settings.Stop is not StopRule.AtCounts;

    /// <summary>Tells whether a given count is evaluated on held-out rows, for the length of its refit and its calibration.</summary>
    /// <remarks>
    /// A network of few rows is surer of classes than it can know (docs/theory.md §17). Of many rows the run itself holds out some.
    /// </remarks>
    /// <param name="rows">The number of rows to train on, of which some can be held out.</param>
    public bool CalibratesGivenCount(int rows) => Counts.Length == 1 && Data.Task.Classes is not null && Data.Stream is null
        && rows is >= SmallestSample and < DGatingDefaults.ManyRows;

    /// <summary>Tells whether all rows are held out once, in folds, to evaluate a single given count.</summary>
    /// <param name="rows">As for <see cref="CalibratesGivenCount"/>.</param>
    public bool CalibratesByFolds(int rows) => CalibratesGivenCount(rows) && rows < DGatingDefaults.RowsCalibratedByFolds;

    /// <summary>Creates a selector that compares candidates on held-out rows.</summary>
    /// <param name="heldOut">The numbers of the rows.</param>
    public OneStandardErrorSelector Selector(int[] heldOut) => OneStandardErrorSelector.Of(Data, heldOut);

    /// <summary>Announces the share of the rest of the fit that the next runs take, 0 to 1, for its progress.</summary>
    public void Announce(double shareOfRest) => Executor.Work.Announce(shareOfRest);

    /// <summary>Carries out runs that only help to choose.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public RunResult[] Try(IEnumerable<RunDescription> runs) => TryUntilCancelled(runs).OrThrow(Context);

    /// <summary>Carries out runs that only help to choose. The result of a cancelled run has what was finished of it.</summary>
    public RunResult[] TryUntilCancelled(IEnumerable<RunDescription> runs) =>
        ExecuteUntilCancelled(runs.Select(run => run with { IsForChoice = true }));

    /// <summary>Carries out runs.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public RunResult[] Execute(IEnumerable<RunDescription> runs) => ExecuteUntilCancelled(runs).OrThrow(Context);

    /// <summary>Carries out runs. The result of a cancelled run has what was finished of it.</summary>
    public RunResult[] ExecuteUntilCancelled(IEnumerable<RunDescription> runs) => Executor.Execute(
        [.. runs.Select(run => ChoosesOnSample && run is { IsForChoice: true, Source: RowSource.Stream }
            ? run with { Source = RowSource.Sample }
            : run)]);

    /// <summary>Follows one path for each noise level on a part of the rows, and gives all their candidates.</summary>
    /// <param name="training">The numbers of the rows to train on.</param>
    /// <param name="heldOut">The numbers of the rows to evaluate on.</param>
    /// <param name="noises">The noise levels, deviations.</param>
    /// <param name="stop">The rule that ends the paths.</param>
    public Candidate[] TryCandidates(int[] training, int[] heldOut, double[] noises, StopRule stop) =>
        [.. Try(noises.Select(noise => Settings.Path(training, heldOut, noise, stop))).SelectMany(result => result.Candidates())];

    /// <summary>Tells whether the constant is one of the candidates.</summary>
    /// <remarks>
    /// Groups that always stay cannot be left out, a count that was given is kept, and few rows cannot tell that nothing helps.
    /// </remarks>
    /// <param name="counts">The counts of the other candidates.</param>
    /// <param name="rows">The number of rows to train on and to evaluate on.</param>
    public bool IsConstantACandidate(int[] counts, int rows) =>
        counts.Length > 1 && Data.Groups.KeptCount == 0 && rows >= SmallestSample;

    /// <summary>Gives the candidate without groups: the constant that fits the training rows best.</summary>
    /// <param name="training">The numbers of the rows to fit.</param>
    /// <param name="heldOut">The numbers of the rows to evaluate on.</param>
    /// <param name="path">The path to which the candidate belongs.</param>
    public Candidate Constant(int[] training, int[] heldOut, PathResult path)
    {
        RunDescription run = Settings.Evaluation(training, heldOut, new PathSnapshot([], NetworkState.None));
        return new Candidate(0, path, run.Start!, Try([run])[0].Refits[0].Result);
    }

    /// <summary>Gives some of the rows, evenly spaced, for a choice that they decide as well as all would.</summary>
    /// <param name="rows">The numbers of the rows.</param>
    public int[] Preview(int[] rows)
    {
        int wanted = Math.Max(DGatingDefaults.PreviewRows, DGatingDefaults.PreviewRowsPerInput * Data.Groups.Inputs);
        return rows.Length <= wanted
            ? rows
            : [.. Enumerable.Range(0, wanted).Select(i => rows[(int)((long)i * rows.Length / wanted)])];
    }

    /// <summary>Tells what a run on a preview trains on: not on a stream where the sample alone has enough rows.</summary>
    public static RowSource SourceOf(int[] preview, int[] rows) => preview.Length < rows.Length ? RowSource.Sample : RowSource.Stream;

    public void Dispose() => Executor.Dispose();

    private static ColumnsPerRow ColumnsPerRowOf(TrainingSet data, int? trainingRows) => data.IsSparse || data.TargetRows is not null
        ? ColumnsPerRow.Irrelevant
        : new ColumnsPerRow((double)data.Groups.Inputs / (data.Stream?.Rows ?? trainingRows ?? data.Rows));
}
