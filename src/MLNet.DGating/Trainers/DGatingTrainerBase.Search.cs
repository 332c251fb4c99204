using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Searches for better options than the trainer's own, by successive halving.</summary>
    /// <remarks>
    /// </remarks>
    /// <param name="data">
    /// The rows, at least 50. A fifth is kept for the comparison in the end, a fifth of the others ranks settings, the rest trains them.
    /// </param>
    /// <param name="trials">
    /// </param>
    /// <param name="timeout">
    /// How long to search; above 0. The fit of the setting taken comes on top. Null: until all trials are done.
    /// </param>
    /// <param name="space">What to search. Null: a new <see cref="DGatingSearchSpace"/>.</param>
    /// <param name="progress">Told of every trial that has finished.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled, or ran out of time, before anything was finished.</exception>
    /// <exception cref="InvalidOperationException">Training diverged with every setting.</exception>
    public DGatingSearchResult<TTransformer> FitBest(
        IDataView data, int trials = DGatingDefaults.NumberOfTrials, TimeSpan? timeout = null, DGatingSearchSpace? space = null,
        IProgress<DGatingSearchProgress>? progress = null)
    {
        Host.CheckUserArg(timeout is null || timeout > TimeSpan.Zero, nameof(timeout),
            $"The timeout must be above 0, but was {timeout}. Leave it null to search until all trials are done.");
        using TrainingSession session = Session(_options.CancellationToken);
        var candidates = SearchCandidates.Draw(Host, _options, space ?? new DGatingSearchSpace(), trials, session.Seed);
        RoleMappedData roles = Roles(data, nameof(data));
        bool asksForNoise = space is not null && space.InputNoise.Any(noise => noise > 0);
        PreparedRows rows = Read(session, new TrainingData(roles) { Streams = true, Budget = _options.MaximumCost, MayBeSparse = !asksForNoise });
        if (rows.Data.IsSparse && space is null)
        {
            // There is no noise then, and candidates that differ in it alone would be the same.
            candidates = SearchCandidates.Draw(Host, _options, new DGatingSearchSpace { InputNoise = [] }, trials, session.Seed);
        }

        var search = new OptionSearch(Host, rows, candidates, session, session.Plan(rows));
        return search.Run(timeout, progress, fit => MakeTransformer(Model(fit, rows), data.Schema));
    }
}
