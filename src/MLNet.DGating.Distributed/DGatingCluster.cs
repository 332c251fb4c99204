using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Mpi;
using MLNet.DGating.Distributed.Rows;
using MLNet.DGating.Distributed.Runs;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Distributed;

/// <summary>Spreads the independent runs of fits, or their rows, over processes that a launcher of MPI started together.</summary>
/// <remarks>
/// <para>
/// Every process runs the same program on the same data with the same options. Wherever a fit has independent runs (folds, halves, draws,
/// trials, noise levels), rank 0 hands them out, and every rank gets all results and so the same model, with the bits of a single process.
/// With <see cref="RowsAreSharded"/> they share the rows instead, and carry out every run together.
/// A rank that differs, or ends early, ends the fit on all others by an <see cref="InvalidOperationException"/> that names it.
/// </para>
/// <para>One cluster serves a whole program, for one fit at a time. Files are for rank 0 to write (<see cref="IsFirst"/>).</para>
/// </remarks>
/// <example>
/// <code>
/// using var cluster = DGatingCluster.Start();
/// var options = new DGatingBinaryTrainer.Options { Seed = 1, Executor = cluster };
/// var stability = mlContext.BinaryClassification.Trainers.DGating(options).FitStability(data, pairs: 50);
/// if (cluster.IsFirst)
/// {
///     Console.WriteLine(stability);
/// }
/// </code>
/// </example>
public sealed class DGatingCluster : DGatingExecutor, IDisposable
{
    private readonly ICollective _ranks;
    private readonly string _transport;
    private readonly WorkTurns _turns = new();

    /// <param name="ranks">Connects the processes; the cluster disposes it.</param>
    /// <param name="transport">What connects them, for <see cref="ToString"/>.</param>
    internal DGatingCluster(ICollective ranks, string transport)
    {
        _ranks = ranks;
        _transport = transport;
        NumberOfThreads = ThreadsOf(ranks);
    }

    /// <summary>Whether a launcher, such as mpirun or srun, has started this process as one of several.</summary>
    public static bool IsLaunched => Launcher.Current.Size > 1;

    /// <summary>The number of this process, from 0.</summary>
    public int Rank => _ranks.Rank;

    /// <summary>The number of processes, at least 1.</summary>
    public int Size => _ranks.Size;

    /// <summary>Whether this is rank 0, which reports progress and should write files.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether every rank gives fits rows of its own, a shard of them all. The default, false: every rank gives all.</summary>
    /// <remarks>
    /// Set it on all ranks alike, before a fit. A fit is then of the rows of all ranks, which carry each run out together. Features must
    /// be prepared alike on every rank, by transforms that were fitted on the same rows. Models that a result makes afterwards, such as
    /// those of a path, must be asked for on all ranks.
    /// </remarks>
    /// <example>
    /// <code>
    /// using var cluster = DGatingCluster.Start();
    /// cluster.RowsAreSharded = true;
    /// IDataView shard = mlContext.Data.LoadFromBinary($"part-{cluster.Rank}.idv");
    /// var options = new DGatingBinaryTrainer.Options { Seed = 1, Executor = cluster };
    /// var model = mlContext.BinaryClassification.Trainers.DGating(options).Fit(shard);
    /// </code>
    /// </example>
    public bool RowsAreSharded { get; set; }

    /// <summary>The number of threads for runs in this process, its part of the processors that it shares with other ranks.</summary>
    internal override int NumberOfThreads { get; }

    internal override IRanks? RanksOfRows => RowsAreSharded && Size > 1 ? _ranks : null;

    /// <summary>The messages between ranks, and what was sent so far.</summary>
    internal ICollective Ranks => _ranks;

    /// <summary>Joins the processes that were started together; a process that was started alone is rank 0 of 1 and needs no MPI.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no library of MPI (Open MPI, or MPICH and its relatives), or it does not know of the other processes.
    /// </exception>
    public static DGatingCluster Start()
    {
        Launcher launcher = Launcher.Current;
        if (launcher.Size <= 1)
        {
            return new DGatingCluster(InProcessCollective.Create(1)[0], "without MPI");
        }

        var ranks = MpiCollective.Start(launcher.IsOpenMpi);
        return ranks.Size > 1
            ? new DGatingCluster(ranks, ranks.Version)
            : throw new InvalidOperationException(
                $"{launcher.Size} processes were started together, but {ranks.Version} sees only one: " +
                "start them by its own mpirun, or by srun --mpi=pmix.");
    }

    /// <summary>Ends this process's part because of a failure; fits of other ranks then end by an exception with the reason.</summary>
    /// <remarks>
    /// Where the others do not come to a fit within some seconds, the whole job is ended. Dispose the cluster afterwards.
    /// </remarks>
    /// <param name="reason">The reason, a sentence.</param>
    public void Abort(string reason) => _ranks.Abort(reason);

    /// <summary>Gives this rank's shard of rows that every rank can read: each <see cref="Size"/>-th one.</summary>
    /// <remarks>
    /// The first is that of number <see cref="Rank"/>. All rows are read, and the others passed over. Shards that are dealt so are alike,
    /// however the rows are sorted.
    /// </remarks>
    /// <example>
    /// <code>
    /// using var cluster = DGatingCluster.Start();
    /// cluster.RowsAreSharded = true;
    /// var options = new DGatingBinaryTrainer.Options { Seed = 1, Executor = cluster };
    /// var model = mlContext.BinaryClassification.Trainers.DGating(options).Fit(cluster.TakeShard(data));
    /// </code>
    /// </example>
    /// <param name="rows">The rows, the same on all ranks and in the same order.</param>
    public IDataView TakeShard(IDataView rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Size == 1 ? rows : new DealtView(rows, Rank, Size);
    }

    /// <summary>Leaves the cluster. It waits until the other ranks leave as well; a fit that they are in ends by an exception.</summary>
    public void Dispose() => _ranks.Dispose();

    /// <summary>Describes the place of this process, such as "rank 1 of 4 (Open MPI v4.1.4)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rank {Rank} of {Size} ({_transport})");

    internal override IRunExecutor Create(TrainingSet data, FitSettings settings, ExecutionSettings execution, RunContext context)
    {
        if (Size == 1)
        {
            return RunExecutor.Create(data, execution, context);
        }

        _turns.Begin();
        try
        {
            SharedExecutor.Check(_ranks, FitFingerprint.Of(data, settings, execution), context.Warn);
        }
        finally
        {
            _turns.End();
        }

        return data.Shards is not null
            ? new ShardedExecutor(_ranks, data, context)
            : new SharedExecutor(_ranks, _turns, data, execution, context);
    }

    // Ranks of one machine that may use the same processors share them.
    private static int ThreadsOf(ICollective ranks)
    {
        string affinity = OperatingSystem.IsLinux() || OperatingSystem.IsWindows()
            ? Process.GetCurrentProcess().ProcessorAffinity.ToString(CultureInfo.InvariantCulture)
            : "";
        byte[] own = PlainData.Write($"{Environment.MachineName}: {affinity}");
        int sharing = ranks.AllGather(own).Count(other => other.AsSpan().SequenceEqual(own));
        return Math.Max(1, Environment.ProcessorCount / sharing);
    }
}
