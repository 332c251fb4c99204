using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>What <c>FitBest</c> found.</summary>
/// <typeparam name="TTransformer">The trainer's transformer.</typeparam>
public sealed class DGatingSearchResult<TTransformer>
    where TTransformer : ITransformer
{
    internal DGatingSearchResult(TTransformer transformer, DGatingTrainerOptions options, DGatingLeaderboard leaderboard, bool isComplete, bool isTrainedOnAllRows)
    {
        Transformer = transformer;
        Options = options;
        Leaderboard = leaderboard;
        IsComplete = isComplete;
        IsTrainedOnAllRows = isTrainedOnAllRows;
    }

    /// <summary>The model of the setting taken.</summary>
    public TTransformer Transformer { get; }

    /// <summary>
    /// The setting taken: the trainer's options (its own <c>Options</c> class) with what the search changed, and the seed that was used.
    /// </summary>
    /// <remarks>A trainer with them fits the same model again.</remarks>
    public DGatingTrainerOptions Options { get; }

    /// <summary>All settings tried.</summary>
    public DGatingLeaderboard Leaderboard { get; }

    /// <summary>Whether all rungs were gone through; false where the search was cancelled or ran out of time.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether <see cref="Transformer"/> was trained on all rows.</summary>
    /// <remarks>
    /// False where the search was cancelled: it is then the model of the trial that was taken, of a part of the rows and maybe of the
    /// iterations.
    /// </remarks>
    public bool IsTrainedOnAllRows { get; }

    /// <summary>The leaderboard as a table.</summary>
    public override string ToString() => Leaderboard.ToString();
}
