using Microsoft.ML;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>The trainer of a task.</summary>
internal static class Trainers
{
    public static DGatingPath FitPath(MLContext mlContext, LearningTask task, IDataView rows, Action<DGatingTrainerOptions> set) => task switch
    {
        LearningTask.Binary => mlContext.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options(), set)).FitPath(rows),
        LearningTask.Multiclass => mlContext.MulticlassClassification.Trainers.DGating(Set(new DGatingMulticlassTrainer.Options(), set)).FitPath(rows),
        _ => mlContext.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options(), set)).FitPath(rows),
    };

    private static TOptions Set<TOptions>(TOptions options, Action<DGatingTrainerOptions> set)
        where TOptions : DGatingTrainerOptions
    {
        set(options);
        return options;
    }
}
