using Microsoft.ML;
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
                return mlContext.BinaryClassification.Trainers.DGating(binary).FitPath(rows);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).FitPath(rows);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).FitPath(rows);
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
                return mlContext.BinaryClassification.Trainers.DGating(binary).FitStability(rows, pairs);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).FitStability(rows, pairs);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).FitStability(rows, pairs);
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
                return mlContext.BinaryClassification.Trainers.DGating(binary).Fit(rows);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).Fit(rows);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).Fit(rows);
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
                return mlContext.BinaryClassification.Trainers.DGating(binary).Fit(rows, (DGatingBinaryModelParameters)model);
            case LearningTask.Multiclass:
                var multiclass = new DGatingMulticlassTrainer.Options();
                set(multiclass);
                return mlContext.MulticlassClassification.Trainers.DGating(multiclass).Fit(rows, (DGatingMulticlassModelParameters)model);
            default:
                var regression = new DGatingRegressionTrainer.Options();
                set(regression);
                return mlContext.Regression.Trainers.DGating(regression).Fit(rows, (DGatingRegressionModelParameters)model);
        }
    }
}
