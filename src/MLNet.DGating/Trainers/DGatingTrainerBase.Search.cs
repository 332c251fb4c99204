using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Searches for better options than the trainer's own, by successive halving.</summary>
    /// <remarks>
    /// Many settings are tried with little effort, the better half of them with twice that effort, and so on. The best setting is chosen
    /// only if it is better than the trainer's own options by more than one standard error, on rows that had no influence on the search. It
    /// is then trained on all rows. That takes about as long as <paramref name="trials"/> ordinary fits, spread over
    /// <see cref="DGatingTrainerOptions.NumberOfThreads"/>; the result does not depend on the number of threads. If
    /// <see cref="DGatingTrainerOptions.CancellationToken"/> cancels the search, the result has the trials finished so far, and the model
    /// is that of the chosen trial. After <paramref name="timeout"/> the chosen setting is trained on all rows. Options that are not
    /// searched are the trainer's own.
    /// </remarks>
    /// <example>
    /// <code>
    /// var found = mlContext.BinaryClassification.Trainers.DGating().FitBest(data, trials: 16, timeout: TimeSpan.FromMinutes(5));
    /// Console.WriteLine(found.Leaderboard);
    /// var model = found.Transformer;
    /// </code>
    /// </example>
    /// <param name="data">
    /// The rows, at least 50. A fifth of them is kept for the final comparison, a fifth of the others ranks settings, the rest trains them.
    /// </param>
    /// <param name="trials">
    /// The number of settings to try, at least 2, including the trainer's own. Fewer are tried where <paramref name="space"/> has no more.
    /// </param>
    /// <param name="timeout">
    /// The longest time to search, above 0; null to search until all trials are done. The fit of the chosen setting takes further time.
    /// </param>
    /// <param name="space">
    /// The options to search; null for a new <see cref="DGatingSearchSpace"/>, of which an additive model has no layers, activation or
    /// noise.
    /// </param>
    /// <param name="progress">Receives the progress after every trial; null for none.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled or ran out of time before any trial was finished.</exception>
    /// <exception cref="InvalidOperationException">Training diverged with every setting.</exception>
    public DGatingSearchResult<TTransformer> FitBest(
        IDataView data, int trials = DGatingDefaults.NumberOfTrials, TimeSpan? timeout = null, DGatingSearchSpace? space = null,
        IProgress<DGatingSearchProgress>? progress = null)
    {
        RefuseWhatOnlyFitHas(nameof(FitBest));
        Host.CheckUserArg(timeout is null || timeout > TimeSpan.Zero, nameof(timeout),
            $"The timeout must be above 0, but was {timeout}. Leave it null to search until all trials are done.");
        using TrainingSession session = Session(_options.CancellationToken);
        var candidates = SearchCandidates.Draw(Host, _options, space ?? DefaultSpace, trials, session.Seed);
        RoleMappedData roles = Roles(data, nameof(data));
        bool searchesNoise = space is not null && space.InputNoise.Any(noise => noise > 0);
        PreparedRows rows = Read(session, new TrainingData(roles)
        {
            ChoosesOnSample = true,
            PoolOfRun = PoolOfFit,
            Budget = _options.MaximumCost,
            MayBeSparse = !searchesNoise,
        });
        if (rows.Data.IsSparse && space is null)
        {
            // Sparse rows have no noise, so that candidates which differ in it alone would be the same.
            candidates = SearchCandidates.Draw(Host, _options, DefaultSpace with { InputNoise = [] }, trials, session.Seed);
        }

        var search = new OptionSearch(Host, rows, candidates, session, session.Plan(rows));
        return search.Run(timeout, progress, fit => MakeTransformer(Model(fit, rows), data.Schema));
    }

    // An additive model has no hidden neurons, and its intervals no noise.
    private DGatingSearchSpace DefaultSpace => _options.HasCurves
        ? new() { HiddenLayers = [], Activation = [], InputNoise = [] }
        : new();
}
