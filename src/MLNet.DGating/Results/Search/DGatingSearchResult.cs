using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds the result of <c>FitBest</c>: the chosen setting, its model, and all settings tried.</summary>
/// <typeparam name="TTransformer">The type of the trainer's transformers.</typeparam>
public sealed class DGatingSearchResult<TTransformer>
    where TTransformer : ITransformer
{
    internal DGatingSearchResult(
        TTransformer transformer, DGatingTrainerOptions options, DGatingLeaderboard leaderboard, bool isComplete, bool isTrainedOnAllRows)
    {
        Transformer = transformer;
        Options = options;
        Leaderboard = leaderboard;
        IsComplete = isComplete;
        IsTrainedOnAllRows = isTrainedOnAllRows;
    }

    /// <summary>The model of the chosen setting.</summary>
    public TTransformer Transformer { get; }

    /// <summary>The chosen setting: the trainer's options with the values that the search changed, and the seed that was used.</summary>
    /// <remarks>They have the trainer's own <c>Options</c> class. A trainer with these options fits the same model again.</remarks>
    public DGatingTrainerOptions Options { get; }

    /// <summary>All settings that were tried.</summary>
    public DGatingLeaderboard Leaderboard { get; }

    /// <summary>Whether all rungs were finished; false if the search was cancelled or ran out of time.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether <see cref="Transformer"/> was trained on all rows.</summary>
    /// <remarks>
    /// It is false if the search was cancelled. The model is then that of the chosen setting's last trial, trained on a part of the rows
    /// and possibly for a part of the iterations.
    /// </remarks>
    public bool IsTrainedOnAllRows { get; }

    /// <summary>Formats the leaderboard as a table.</summary>
    public override string ToString() => Leaderboard.ToString();
}
