using Microsoft.ML;

namespace MLNet.DGating.Tests.Continuation;

/// <summary>Goes on from a model, whatever its task.</summary>
internal static class Continuing
{
    /// <summary>Fits the rows of some data from a model on.</summary>
    /// <param name="trainer">The trainer of the model's task.</param>
    /// <param name="data">The new rows.</param>
    /// <param name="previous">The model.</param>
    /// <param name="validation">The validation rows; null for none.</param>
    public static Fitted Fit(IEstimator<ITransformer> trainer, IDataView data, Fitted previous, IDataView? validation = null) =>
        new(trainer switch
        {
            DGatingBinaryTrainer binary => binary.Fit(data, (DGatingBinaryModelParameters)previous.Model, validation),
            DGatingMulticlassTrainer multiclass => multiclass.Fit(data, (DGatingMulticlassModelParameters)previous.Model, validation),
            DGatingRegressionTrainer regression => regression.Fit(data, (DGatingRegressionModelParameters)previous.Model, validation),
            _ => throw new ArgumentOutOfRangeException(nameof(trainer), trainer, null),
        });

    /// <summary>Fits rows from a model on, with quick options.</summary>
    public static Fitted Continue(
        this TrainingTask task, MLContext context, IReadOnlyList<DataRow> rows, Fitted previous, DataRow[]? validation = null,
        Action<DGatingTrainerOptions>? change = null) => Fit(
        task.Trainer(context, null, change), DataRow.View(context, rows), previous,
        validation is null ? null : DataRow.View(context, validation));

    /// <summary>Copies of rows with other targets, and the labels that follow from them.</summary>
    public static DataRow[] WithTargets(this IEnumerable<DataRow> rows, Func<DataRow, double> target) =>
        [.. rows.Select(row => DataRow.Create(row.Values, target(row)))];
}
