using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Carries out described runs on the rows that it holds.</summary>
/// <remarks>What comes out does not depend on who carries them out.</remarks>
internal interface IRunExecutor : IDisposable
{
    /// <summary>Carries out independent runs; gives their results in the same order. A cancelled run gives what there is of it.</summary>
    RunResult[] Execute(IReadOnlyList<RunDescription> runs);

    /// <summary>Carries out work that consists of runs itself, such as whole fits, at the same time.</summary>
    /// <param name="count">How many pieces of work there are.</param>
    /// <param name="context">Messages, progress and cancellation of their runs.</param>
    /// <param name="work">The work of a number, given an executor of its own.</param>
    T[] RunInParallel<T>(int count, RunContext context, Func<int, IRunExecutor, T> work);
}
