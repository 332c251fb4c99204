using Microsoft.ML;
using MLNet.DGating.Distributed;
using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Training;

/// <summary>The trainers of the learning tasks.</summary>
internal static class Trainers
{
    /// <summary>Follows the path of a task.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="task">The learning task.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="set">Sets the options that the trainers share.</param>
    public static DGatingPath FitPath(MLContext mlContext, LearningTask task, IDataView rows, Action<DGatingTrainerOptions> set)
    {
        switch (task)
        {
            case LearningTask.Binary:
                var binary = new DGatingBinaryTrainer.Options();
                set(binary);
                return mlContext.BinaryClassification.Trainers.DGating(binary).FitPath(OfRank(rows, binary));
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).FitPath(OfRank(rows, multiclass));
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).FitPath(OfRank(rows, regression));
        }
    }

    /// <summary>Selects the features of a task by stability selection.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="task">The learning task.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="pairs">How often the rows are halved.</param>
    /// <param name="set">Sets the options that the trainers share.</param>
    public static DGatingStability FitStability(
        MLContext mlContext, LearningTask task, IDataView rows, int pairs, Action<DGatingTrainerOptions> set)
    {
        switch (task)
        {
            case LearningTask.Binary:
                var binary = new DGatingBinaryTrainer.Options();
                set(binary);
                return mlContext.BinaryClassification.Trainers.DGating(binary).FitStability(OfRank(rows, binary), pairs);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).FitStability(OfRank(rows, multiclass), pairs);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).FitStability(OfRank(rows, regression), pairs);
        }
    }

    /// <summary>Trains a model of a task without a path.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="task">The learning task.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="set">Sets the options that the trainers share.</param>
    public static ITransformer Fit(MLContext mlContext, LearningTask task, IDataView rows, Action<DGatingTrainerOptions> set)
    {
        switch (task)
        {
            case LearningTask.Binary:
                var binary = new DGatingBinaryTrainer.Options();
                set(binary);
                return mlContext.BinaryClassification.Trainers.DGating(binary).Fit(OfRank(rows, binary));
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).Fit(OfRank(rows, multiclass));
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).Fit(OfRank(rows, regression));
        }
    }

    /// <summary>Goes on from a model of a task.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="task">The learning task.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="previous">The transformer with the model.</param>
    /// <param name="set">Sets the options that the trainers share.</param>
    public static ITransformer Continue(
        MLContext mlContext, LearningTask task, IDataView rows, ITransformer previous, Action<DGatingTrainerOptions> set)
    {
        object model = ((ISingleFeaturePredictionTransformer<object>)previous).Model;
        switch (task)
        {
            case LearningTask.Binary:
                var binary = new DGatingBinaryTrainer.Options();
                set(binary);
                return mlContext.BinaryClassification.Trainers.DGating(binary)
                    .Fit(OfRank(rows, binary), (DGatingBinaryModelParameters)model);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass)
                    .Fit(OfRank(rows, multiclass), (DGatingMulticlassModelParameters)model);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression)
                    .Fit(OfRank(rows, regression), (DGatingRegressionModelParameters)model);
        }
    }

    // The rows that this process trains on, where each of several has a shard.
    private static IDataView OfRank(IDataView rows, DGatingTrainerOptions options) =>
        options.Executor is DGatingCluster { RowsAreSharded: true } cluster ? cluster.TakeShard(rows) : rows;
}
