using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

public abstract partial class DGatingTrainerBase<TTransformer, TModel>
{
    /// <summary>Goes on from a model on new rows, with its selection kept or widened.</summary>
    /// <remarks>
    /// <para>
    /// The fit begins with the function of the previous model, on the encoding of numbers that it has. By default
    /// (<see cref="DGatingContinuation.KeepSelection"/>) its features stay and its network is trained on, as far as held-out rows say that
    /// this is better; where nothing is, the result predicts as the previous model. With
    /// <see cref="DGatingContinuation.WidenSelection"/> the path begins with its network, the other features' weights at 0, and selects
    /// anew.
    /// </para>
    /// <para>
    /// Layers, activation and encoding are those of the previous model, whatever the options say. It may be loaded from a file. With a kept
    /// selection the report has the previous path, its λ and choice; importances are new.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var trainer = mlContext.BinaryClassification.Trainers.DGating();
    /// var first = trainer.Fit(data);
    /// var second = trainer.Fit(validation, first.Model);
    /// </code>
    /// </example>
    /// <param name="trainData">The new rows, with the same feature column and label.</param>
    /// <param name="previousModel">The model to go on from.</param>
    /// <param name="validationData">The rows that end the training, or choose the features; null to hold out a part.</param>
    /// <exception cref="ArgumentException">The model does not fit the data or the options.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public TTransformer Fit(IDataView trainData, TModel previousModel, IDataView? validationData = null)
    {
        Host.CheckValue(trainData, nameof(trainData));
        Host.CheckValue(previousModel, nameof(previousModel));
        return TrainTransformer(trainData, validationData, (IPredictor)previousModel);
    }

    /// <summary>Opens a model for a fit that goes on from it.</summary>
    private protected abstract PreviousModel Open(TModel model);

    /// <summary>Gives the task with which a model is continued.</summary>
    /// <param name="task">The task by the options.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">The model has another task.</exception>
    private protected virtual LearningTask ContinuedTask(LearningTask task, TModel model) => task;

    private TModel Continue(TrainContext context, TModel model)
    {
        CheckNoPairs("A fit that goes on from a model");
        OptionsCheck.RefuseNeurons(Host, _options, "a fit that goes on from a model");
        PreviousModel previous = Open(model);
        Host.CheckUserArg(previous.Selection.Pairs.Count == 0, PreviousModel.Parameter,
            $"The previous model has {previous.Selection.Pairs.Count} pairs of features beside its curves, and cannot be trained on. " +
            "Train anew without it, or go on from an additive model.");
        Host.CheckUserArg(_options.Shape != DGatingModelShape.Additive || previous.Network.Hidden.Count == 0, nameof(_options.Shape),
            "The previous model has hidden layers, in which features interact, but Shape is Additive. " +
            "Leave Shape as it is by default to go on from it, or train an additive model without it.");
        LearningTask task = ContinuedTask(Task(context.TrainingSet.Schema.Label!.Value.Type), model);
        previous.CheckTask(Host, task, _options.LabelColumnName);
        using TrainingSession session = Session(_options.CancellationToken);
        PreparedRows rows = session.Read(
            new TrainingData(context.TrainingSet)
            {
                Validation = context.ValidationSet,
                Previous = previous,
                MayBeSparse = previous.MayBeSparse,
                ChoosesOnSample = true,
                PoolOfRun = 0,
                BalancesClasses = BalancesClasses,
                Budget = previous.Widens ? _options.MaximumCost : null,
            },
            task);
        var network = new PreviousNetwork(previous, rows.Inputs, rows.Task);
        rows = rows with { Data = rows.Data with { Given = network.Encoding } };
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan with { Settings = network.Apply(plan.Settings) });
        FitResult fit = previous.Widens
            ? AutomaticFit.Run(workflow, rows.TrainingRows, rows.ValidationRows)
            : new ContinuedFit(workflow with { ChoosesOnSample = true }, network.State, previous.EmbeddingWidth)
                .Run(rows.TrainingRows, rows.ValidationRows);
        Report(fit, rows, session, previous.Widens ? "Selected" : "Kept");
        if (previous.Widens)
        {
            return Model(fit, rows);
        }

        var builder = new ModelBuilder(fit, rows);
        CollapsedNetwork collapsed = builder.Network();
        return CreateModel(collapsed, previous.Report(builder.Report(collapsed, frequency: null)), [.. previous.Path], rows.Task);
    }
}
