using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Tests.Tour;

/// <summary>Boosted trees on all features that the tool made of a table, on the same training and test rows.</summary>
internal static class PeerModel
{
    /// <summary>Trains the trees, and gives a metric on the test rows.</summary>
    public static double Metric(string model, string data, string metric)
    {
        ModelDescription description = ModelFile.Describe(model);
        TableFile file = TestTables.Open(data);
        var request = new TrainingRequest
        {
            Table = TableProfile.Read(file, new ReadingHints { Label = description.Label.Name }, CancellationToken.None),
            Label = description.Label,
            Columns = description.Columns,
            LeftOut = description.LeftOut,
            Test = new TestPlan(),
        };
        var mlContext = new MLContext(seed: 1);
        IDataView[] scored =
            [.. TrainingViews.Of(request).Tests.Select(part => Scored(mlContext, request, part.Training, part.Test))];
        return Evaluation.Run(request, scored).Metrics.Single(one => one.Name == metric).Value;
    }

    private static IDataView Scored(MLContext mlContext, TrainingRequest request, IDataView rows, IDataView others)
    {
        PipelineNames names = request.Names;
        ITransformer label = TrainingRun.LabelTransformer(mlContext, request.Label, names.Label, rows);
        IDataView training = label.Transform(rows);
        var plan = FeaturePlan.Of(request.Columns, names);
        ITransformer features = plan.Estimator(mlContext).Fit(training);
        ITransformer trees = Trainer(mlContext, request.Label.Task, names.Label, plan.FeatureColumn).Fit(features.Transform(training));
        return trees.Transform(features.Transform(label.Transform(others)));
    }

    private static IEstimator<ITransformer> Trainer(MLContext mlContext, LearningTask task, string label, string features) => task switch
    {
        LearningTask.Binary => Binary(mlContext, label, features),
        LearningTask.Multiclass => mlContext.MulticlassClassification.Trainers.OneVersusAll(Binary(mlContext, label, features), label),
        _ => mlContext.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = label, FeatureColumnName = features, NumberOfThreads = 1,
        }),
    };

    private static FastTreeBinaryTrainer Binary(MLContext mlContext, string label, string features) =>
        mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = label, FeatureColumnName = features, NumberOfThreads = 1,
        });
}
