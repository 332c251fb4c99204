using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.DGating.Benchmarks;

/// <summary>The trainers that are compared on plain tables, each with its defaults.</summary>
internal sealed class TableMethods(int threads)
{
    /// <summary>The names of <see cref="All"/>, for --methods.</summary>
    public const string Names = "lightgbm,lightgbm-own,linear,fasttree,given,open,members";

    public IEnumerable<TableMethod> All() =>
    [
        new("lightgbm", IsSeeded: false, (context, task, _) => LightGbm(context, task, ofMlNet: true)) { TellsFeatures = false },
        new("lightgbm-own", IsSeeded: false, (context, task, _) => LightGbm(context, task, ofMlNet: false)) { TellsFeatures = false },
        new("linear", IsSeeded: false, (context, task, _) => Linear(context, task)),
        new("fasttree", IsSeeded: false, (context, task, _) => FastTree(context, task)),
        new("given", IsSeeded: true, (context, task, count) => DGating(context, task, count)),
        new("open", IsSeeded: true, (context, task, _) => DGating(context, task, null)),
        new("members", IsSeeded: true, (context, task, count) => DGating(context, task, count, options => options.EnsembleSize = 4)),
    ];

    private static IEstimator<ITransformer> Of(
        TableTask task, Func<IEstimator<ITransformer>> binary, Func<IEstimator<ITransformer>> multiclass,
        Func<IEstimator<ITransformer>> regression) => task switch
        {
            TableTask.Binary => binary(),
            TableTask.Multiclass => multiclass(),
            _ => regression(),
        };

    // What ML.NET sets by itself is not what LightGBM does by itself: 20 leaves, steps of 0.2, and no splits of categories.
    private IEstimator<ITransformer> LightGbm(MLContext context, TableTask task, bool ofMlNet)
    {
        int? leaves = ofMlNet ? null : 31, leafRows = ofMlNet ? null : 20;
        double? step = ofMlNet ? null : 0.1;
        bool? splitsCategories = ofMlNet ? null : true;
        return Of(
            task,
            () => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                FeatureColumnName = EncodedSplit.FeaturesWithMissing, NumberOfThreads = threads, NumberOfLeaves = leaves,
                LearningRate = step, MinimumExampleCountPerLeaf = leafRows, UseCategoricalSplit = splitsCategories,
            }),
            () => context.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
            {
                FeatureColumnName = EncodedSplit.FeaturesWithMissing, NumberOfThreads = threads, NumberOfLeaves = leaves,
                LearningRate = step, MinimumExampleCountPerLeaf = leafRows, UseCategoricalSplit = splitsCategories,
            }),
            () => context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
            {
                FeatureColumnName = EncodedSplit.FeaturesWithMissing, NumberOfThreads = threads, NumberOfLeaves = leaves,
                LearningRate = step, MinimumExampleCountPerLeaf = leafRows, UseCategoricalSplit = splitsCategories,
            }));
    }

    private EstimatorChain<ITransformer> Linear(MLContext context, TableTask task) =>
        context.Transforms.NormalizeMinMax(EncodedSplit.Features).Append(Of(
            task,
            () => context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = threads }),
            () => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = threads }),
            () => context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = threads })));

    private IEstimator<ITransformer> FastTree(MLContext context, TableTask task)
    {
        return Of(
            task,
            () => Binary(),
            () => context.MulticlassClassification.Trainers.OneVersusAll(Binary()),
            () => context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { NumberOfThreads = threads }));

        FastTreeBinaryTrainer Binary() =>
            context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = threads });
    }

    /// <summary>Makes ML.NET's trainer of boosted additive models, which knows no classes but two.</summary>
    public IEstimator<ITransformer> Gam(MLContext context, TableTask task)
    {
        return Of(
            task,
            () => Binary(),
            () => context.MulticlassClassification.Trainers.OneVersusAll(Binary()),
            () => context.Regression.Trainers.Gam(new GamRegressionTrainer.Options { NumberOfThreads = threads }));

        GamBinaryTrainer Binary() => context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options { NumberOfThreads = threads });
    }

    /// <summary>Makes D-Gating's trainer for a task.</summary>
    /// <param name="context">The context.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="count">The number of features to keep; null to have it chosen.</param>
    /// <param name="set">Sets further options.</param>
    public IEstimator<ITransformer> DGating(MLContext context, TableTask task, int? count, Action<DGatingTrainerOptions>? set = null)
    {
        return Of(
            task,
            () => context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options())),
            () => context.MulticlassClassification.Trainers.DGating(Set(new DGatingMulticlassTrainer.Options())),
            () => context.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options())));

        TOptions Set<TOptions>(TOptions options)
            where TOptions : DGatingTrainerOptions
        {
            options.MaximumFeatureCount = count;
            options.NumberOfThreads = threads;
            set?.Invoke(options);
            return options;
        }
    }
}
