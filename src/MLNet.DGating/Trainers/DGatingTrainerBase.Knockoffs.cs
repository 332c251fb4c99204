using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Selects features with a bounded false discovery rate, by knockoffs that compete with them.</summary>
    /// <remarks>
    /// <para>
    /// A path is followed over all features and their knockoffs (Candès, Fan, Janson and Lv 2018; groups of slots as in Dai and Barber
    /// 2016), and the knockoff+ filter selects (Barber and Candès 2015). Several draws of the knockoffs are aggregated by e-values (Ren and
    /// Barber 2024): the selection then depends less on the seed, and has fewer false discoveries than asked for, but selects nothing
    /// where only few features matter. Docs/theory.md §16 has the equations, what was measured, and where the assumptions fail.
    /// </para>
    /// <para>
    /// Every run trains on a matrix of its own with twice the columns, in addition to the rows: with n threads, n such matrices are in
    /// memory at once. The covariance of s slots takes some 60 s² bytes and a time that grows with s³. Sparse rows become dense.
    /// </para>
    /// <para>
    /// Features of <see cref="DGatingTrainerOptions.AlwaysKeep"/> have no penalty and no knockoff; the others are judged given these. The
    /// options <see cref="DGatingTrainerOptions.MaximumFeatureCount"/>, <see cref="DGatingTrainerOptions.Lambda"/>,
    /// <see cref="DGatingTrainerOptions.MaximumCost"/> and <see cref="DGatingTrainerOptions.NumberOfRuns"/> have no effect. An open
    /// <see cref="DGatingTrainerOptions.InputNoise"/> is 0.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var knockoffs = mlContext.BinaryClassification.Trainers.DGating().FitKnockoffs(data, falseDiscoveryRate: 0.2, draws: 10);
    /// Console.WriteLine(knockoffs);
    /// var model = knockoffs.SelectedFeatures.Count > 0 ? knockoffs.ModelOf() : null;
    /// </code>
    /// </example>
    /// <param name="data">
    /// The rows, at least 50, which must be independent of each other: take one row of those that belong together. They are in memory as
    /// long as the result is; where they do not fit in <see cref="DGatingTrainerOptions.MaximumRowMemory"/>, a sample is, and the data is
    /// read again.
    /// </param>
    /// <param name="falseDiscoveryRate">
    /// The expected share of selected features that say nothing new, above 0 and below 1. At least 1 / rate features are selected, or none.
    /// </param>
    /// <param name="draws">How often knockoffs are drawn, at least 1; a path is followed for each.</param>
    /// <exception cref="ArgumentException">The rate, the draws or the rows are not as described; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public DGatingKnockoffs<TTransformer> FitKnockoffs(
        IDataView data, double falseDiscoveryRate = DGatingKnockoffs.DefaultFalseDiscoveryRate, int draws = DGatingKnockoffs.DefaultDraws)
    {
        RefuseWhatOnlyFitHas(nameof(FitKnockoffs));
        Host.CheckUserArg(_options.Executor?.RanksOfRows is null, nameof(_options.Executor),
            "Knockoffs are drawn from the covariance of all rows in one process, but each rank has a shard of them: " +
            "give all rows to every rank (RowsAreSharded = false), so that ranks share the draws.");
        Host.CheckUserArg(falseDiscoveryRate is > 0 and < 1, nameof(falseDiscoveryRate), FormattableString.Invariant(
            $"The false discovery rate must be above 0 and below 1, such as 0.1, but was {falseDiscoveryRate}."));
        Host.CheckUserArg(
            draws >= 1, nameof(draws), FormattableString.Invariant($"Knockoffs must be drawn at least once, but draws was {draws}."));
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(Roles(data, nameof(data))) { MayBeSparse = false, PoolOfRun = 2 });
        CheckKnockoffs(rows);
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan);
        var fit = KnockoffFit.Run(workflow, rows.TrainingRows, falseDiscoveryRate, draws);
        session.Finish();
        return KnockoffsBuilder.Build(fit, falseDiscoveryRate, rows, (groups, frequencies, cancellationToken) =>
        {
            using TrainingSession ofModel = Session(cancellationToken);
            using FitWorkflow training = ofModel.Start(rows, plan.Alone);
            FitResult model = fit.ModelOf(training, groups);
            ofModel.Finish();
            return MakeTransformer(Model(model, rows, frequencies), data.Schema);
        });
    }

    private void CheckKnockoffs(PreparedRows rows)
    {
        Host.CheckUserArg(rows.Data.Rows >= KnockoffFit.SmallestRows, "data",
            $"Knockoffs need at least {KnockoffFit.SmallestRows} rows to imitate how features vary together, " +
            $"but there are {rows.Data.Rows}. Use {nameof(FitStability)} for so few.");
        Host.CheckUserArg(rows.Inputs.Count <= KnockoffModel.LargestInputs, "data",
            $"Knockoffs need the covariance of all slots, at most {KnockoffModel.LargestInputs} of them, " +
            $"but {rows.Inputs.Count} vary. Leave out some first, by what is known or on other rows.");
        Host.CheckUserArg(rows.Data.Groups.KeptCount < rows.Data.Groups.Count, nameof(_options.AlwaysKeep),
            $"{nameof(_options.AlwaysKeep)} names all features that vary, so there is nothing to select. Name fewer.");
    }
}
