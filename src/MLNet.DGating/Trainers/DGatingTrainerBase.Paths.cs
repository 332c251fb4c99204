using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Follows the whole regularization path, from all features to none, and makes models of any count on demand.</summary>
    /// <remarks>
    /// The options <see cref="DGatingTrainerOptions.MaximumFeatureCount"/>, <see cref="DGatingTrainerOptions.Lambda"/> and
    /// <see cref="DGatingTrainerOptions.MaximumCost"/> play no part; the path ends at the features of
    /// <see cref="DGatingTrainerOptions.AlwaysKeep"/>. Where <see cref="DGatingTrainerOptions.CancellationToken"/> stops it on the way, the
    /// path so far is the result, marked by <see cref="DGatingPath.IsComplete"/>; an <see cref="OperationCanceledException"/> is thrown
    /// only before its first point.
    /// </remarks>
    /// <param name="trainData">
    /// The rows to train on. They stay in memory as long as the path; of more than <see cref="DGatingTrainerOptions.MaximumRowMemory"/>
    /// takes a uniform sample.
    /// </param>
    /// <param name="validationData">The rows to judge counts by; null holds out a part of the training rows for it.</param>
    public DGatingPath<TTransformer> FitPath(IDataView trainData, IDataView? validationData = null)
    {
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(Roles(trainData, nameof(trainData)))
        {
            Validation = validationData is null ? null : Roles(validationData, nameof(validationData)),
        });
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan);
        return Path(new PathFit(workflow, rows.TrainingRows, rows.ValidationRows).Run(), rows, plan, trainData.Schema);
    }

    /// <summary>Follows the whole path, its counts judged by cross-validation.</summary>
    /// <remarks>
    /// Every row is held out once, and <see cref="DGatingPath.Candidates"/> are means over the folds with their standard errors. Folds have
    /// the classes in the same proportions. The path itself, and every model made of it, is trained on all rows. An open
    /// <see cref="DGatingTrainerOptions.InputNoise"/> is chosen on the same held-out rows. Otherwise as <see cref="FitPath"/>.
    /// </remarks>
    /// <param name="data">
    /// The rows. They stay in memory as long as the path; of more than <see cref="DGatingTrainerOptions.MaximumRowMemory"/> takes a uniform
    /// sample.
    /// </param>
    /// <param name="folds">
    /// At least 2, and no more than there are rows, or keys. Every fold costs as much as <see cref="FitPath"/>; they run in parallel.
    /// </param>
    /// <param name="samplingKeyColumnName">
    /// A column that says which rows belong together, such as a patient: rows of one key are never on both sides of a split, and count as
    /// one where candidates are compared. Any scalar type; rows where it is missing belong together as well. Null: every row stands for
    /// itself.
    /// </param>
    /// <exception cref="OperationCanceledException">The fit was cancelled; nothing of it is left.</exception>
    public DGatingPath<TTransformer> FitPathCrossValidated(IDataView data, int folds = 5, string? samplingKeyColumnName = null)
    {
        Host.CheckUserArg(folds >= 2, nameof(folds),
            FormattableString.Invariant($"There must be at least 2 folds, but folds was {folds}. {nameof(FitPath)} judges counts on a single part of the rows."));
        RoleMappedData roles = Roles(data, nameof(data));
        SamplingKeys? keys = samplingKeyColumnName is null ? null : new SamplingKeys(Host, data.Schema, samplingKeyColumnName);
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = Read(session, new TrainingData(roles) { Keys = keys });
        TrainingPlan plan = session.Plan(rows);
        int[][] dealt = CrossValidationFolds.Deal(Host, rows, keys, folds, session.Seed);
        CrossValidationFolds.WarnOfMissingClasses(rows, dealt, keys, roles.Schema.Label!.Value, session.Monitor.Warn);
        using FitWorkflow workflow = session.Start(rows, plan);
        return Path(PathFit.RunCrossValidated(workflow, dealt, keys?.OfRows), rows, plan, data.Schema);
    }

    private DGatingPath<TTransformer> Path(FollowedPath path, PreparedRows rows, TrainingPlan plan, DataViewSchema schema) =>
        PathBuilder.Build(path, rows, (counts, cancellationToken) =>
        {
            using TrainingSession session = Session(cancellationToken);
            using FitWorkflow workflow = session.Start(rows, plan);
            return Array.ConvertAll(path.At(workflow, counts), fit => MakeTransformer(Model(fit, rows), schema));
        });
}
