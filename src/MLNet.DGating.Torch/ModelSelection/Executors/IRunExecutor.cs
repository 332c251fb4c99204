using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Carries out described runs on the rows that it holds.</summary>
/// <remarks>The results do not depend on the executor, except for rounding on a device.</remarks>
internal interface IRunExecutor : IDisposable
{
    /// <summary>Whether a second run beside another takes hardly any further time.</summary>
    bool RunsInParallel { get; }

    /// <summary>Whether the networks for tables can be trained, which have dropout or embeddings.</summary>
    bool HasTableNetworks { get; }

    /// <summary>The work that the runs are a part of.</summary>
    WorkShare Work { get; }

    /// <summary>Carries out independent runs and gives their results in the same order.</summary>
    /// <remarks>The result of a cancelled run has what was finished of it.</remarks>
    RunResult[] Execute(IReadOnlyList<RunDescription> runs);

    /// <summary>Carries out several pieces of work at the same time, each of which consists of runs, such as whole fits.</summary>
    /// <param name="count">The number of pieces of work.</param>
    /// <param name="context">Takes messages and progress of their runs, and cancels them.</param>
    /// <param name="work">Carries out the piece of a number, with an executor of its own.</param>
    /// <param name="ended">Called from any thread with every result; null for none.</param>
    /// <typeparam name="T">The type of a result: plain data, since the work may be carried out in another process.</typeparam>
    T[] RunInParallel<T>(int count, RunContext context, Func<int, IRunExecutor, T> work, Action<T>? ended = null);
}
