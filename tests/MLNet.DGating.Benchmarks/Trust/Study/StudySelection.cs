using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects columns with the trainers' defaults.</summary>
internal static class StudySelection
{
    public static DGatingPath Path(StudyData data, int seed)
    {
        var context = new MLContext(seed);
        return data.IsRegression
            ? context.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options(), data)).FitPath(data.View(context))
            : context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options(), data)).FitPath(data.View(context));
    }

    public static FeatureSelectionReport Fit(StudyData data, int seed)
    {
        var context = new MLContext(seed);
        return data.IsRegression
            ? context.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options(), data)).Fit(data.View(context))
                .Model.FeatureSelection
            : context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options(), data)).Fit(data.View(context))
                .Model.FeatureSelection;
    }

    public static DGatingStability Stability(StudyData data, int seed, int pairs)
    {
        var context = new MLContext(seed);
        return data.IsRegression
            ? context.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options(), data))
                .FitStability(data.View(context), pairs)
            : context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options(), data))
                .FitStability(data.View(context), pairs);
    }

    private static TOptions Set<TOptions>(TOptions options, StudyData data)
        where TOptions : DGatingTrainerOptions
    {
        options.LabelColumnName = data.LabelColumn;
        options.NumberOfThreads = 1;
        return options;
    }
}
