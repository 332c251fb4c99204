using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
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
            Split = 0.2,
        };
        var mlContext = new MLContext(seed: 1);
        PipelineNames names = request.Names;
        var views = TrainingViews.Of(request);
        ITransformer label = TrainingRun.LabelTransformer(mlContext, request.Label, names.Label, views.Training);
        IDataView training = label.Transform(views.Training);
        var plan = FeaturePlan.Of(request.Columns, names);
        ITransformer features = plan.Estimator(mlContext).Fit(training);
        ITransformer trees = Trainer(mlContext, request.Label.Task, names.Label, plan.FeatureColumn).Fit(features.Transform(training));
        TransformerChain<ITransformer> chain = TrainingRun.WithPredictions(
            mlContext, request, new TransformerChain<ITransformer>([.. (IEnumerable<ITransformer>)features, trees]),
            features.Transform(training));
        return Evaluation.Run(request.Label, names, chain.Transform(label.Transform(views.Test!))).Metrics
            .Single(one => one.Name == metric).Value;
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
