using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Finds the features that are selected on nearly all halves of the rows, by stability selection.</summary>
    /// <remarks>
    /// The halves are complementary pairs (Shah and Samworth 2013). The options
    /// <see cref="DGatingTrainerOptions.MaximumFeatureCount"/>, <see cref="DGatingTrainerOptions.Lambda"/> and
    /// <see cref="DGatingTrainerOptions.MaximumCost"/> have no effect. An open <see cref="DGatingTrainerOptions.InputNoise"/> is chosen
    /// once before.
    /// </remarks>
    /// <example>
    /// <code>
    /// var stability = mlContext.BinaryClassification.Trainers.DGating().FitStability(data, pairs: 50);
    /// Console.WriteLine(stability.ToString(featureCount: 10, threshold: 0.8));
    /// var model = stability.ModelOf(featureCount: 10, threshold: 0.8);
    /// </code>
    /// </example>
    /// <param name="data">
    /// The rows, at least 4. They are in memory as long as the result is; where they do not fit in
    /// <see cref="DGatingTrainerOptions.MaximumRowMemory"/>, a sample is, and the data is read again.
    /// </param>
    /// <param name="pairs">
    /// How often the rows are halved, at least 1; a path is followed on each half. With fewer than 20 pairs the frequencies are coarse.
    /// </param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public DGatingStability<TTransformer> FitStability(IDataView data, int pairs = 50)
    {
        RefuseWhatOnlyFitHas(nameof(FitStability));
        Host.CheckUserArg(
            pairs >= 1, nameof(pairs), FormattableString.Invariant($"The rows must be halved at least once, but pairs was {pairs}."));
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(Roles(data, nameof(data))));
        Host.CheckUserArg(rows.Data.Rows >= StabilityFit.SmallestRows, nameof(data),
            $"Stability selection halves the rows and needs at least {StabilityFit.SmallestRows}, but there are {rows.Data.Rows}.");
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan);
        var fit = StabilityFit.Run(workflow, rows.TrainingRows, pairs);
        session.Finish();
        return StabilityBuilder.Build(fit, rows, (groups, frequencies, cancellationToken) =>
        {
            using TrainingSession ofModel = Session(cancellationToken);
            using FitWorkflow training = ofModel.Start(rows, plan.Alone);
            FitResult model = fit.ModelOf(training, groups);
            ofModel.Finish();
            return MakeTransformer(Model(model, rows, frequencies), data.Schema);
        });
    }
}
