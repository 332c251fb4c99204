using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>From a request to a model: features, path, refit, test.</summary>
internal static class TrainingRun
{
    public static TrainedModel Run(MLContext mlContext, TrainingRequest request, IProgress<DGatingProgress> progress, CancellationToken cancellation)
    {
        TrainingViews views = TrainingViews.Of(request);
        FeaturePlan plan = FeaturePlan.Of(request.Columns, request.Label.Name, request.Weight);
        ITransformer label = LabelTransformer(mlContext, request.Label, views.All);
        IDataView training = label.Transform(views.Training);
        ITransformer features = Guard(() => plan.Estimator(mlContext).Fit(training), cancellation);
        IDataView featurized = features.Transform(training);

        DGatingPath path = Guard(() => Trainers.FitPath(mlContext, request.Label.Task, featurized, options =>
        {
            options.LabelColumnName = request.Label.Name;
            options.FeatureColumnName = plan.FeatureColumn;
            options.ExampleWeightColumnName = request.Weight;
            options.Seed = request.Seed;
            options.Device = request.Device;
            options.Progress = progress;
            options.CancellationToken = cancellation;
        }), cancellation);
        // After Ctrl+C the path holds what there is of it, and the refit of its best count is the model.
        ITransformer predictor = Guard(() => path.At(Count(request.FeatureCount, path)), CancellationToken.None);

        TransformerChain<ITransformer> scoring = new TransformerChain<ITransformer>([.. (IEnumerable<ITransformer>)features, predictor]);
        long testRows = 0;
        IReadOnlyList<Metric> metrics = [];
        if (views.Test is { } test)
        {
            (metrics, testRows) = Evaluation.Run(mlContext, request.Label, scoring.Transform(label.Transform(test)));
        }

        ModelDescription description = new()
        {
            Label = request.Label,
            Weight = request.Weight,
            Columns = request.Columns,
            LeftOut = request.LeftOut,
            Source = new(Path.GetFileName(request.Table.File.Path), request.Table.File.Format, request.Table.File.ColumnNames),
            Training = new(RowCount(views.Training), testRows, request.Table[request.Label.Name].Missing, request.Seed, request.FeatureCount, path.IsComplete),
            Metrics = metrics,
            MetricName = path.MetricName,
            Candidates = [.. path.Candidates.Select(candidate => new Candidate(candidate.FeatureCount, candidate.Metric, candidate.MetricStandardError, candidate.BoundedLoss, candidate.BoundedLossStandardError))],
            Features = FeatureList.Of(plan, featurized.Schema, Selection.Of(predictor)),
        };
        ITransformer model = request.Label.Task == LearningTask.Regression ? scoring
            : WithWords(mlContext, request.Label, scoring, featurized);
        DataViewSchema inputs = new TableView(request.Table.File, request.Columns.Select(column => column.Input), RowFilters.All).Schema;
        string page = DGatingReport.ToHtml($"{request.Label.Name} of {description.Source.File}", Selection.Of(predictor), path);
        return new TrainedModel(model, inputs, description, page);
    }

    private static int Count(int? asked, DGatingPath path) =>
        path.IsComplete ? asked ?? path.SparsestFeatureCount : Math.Max(asked ?? path.BestFeatureCount, path.Points[^1].FeatureCount);

    private static ITransformer LabelTransformer(MLContext mlContext, LabelColumn label, IDataView rows) => label.Task == LearningTask.Regression
        ? new TransformerChain<ITransformer>()
        : new LabelStep(label).Estimator(mlContext.Transforms).Fit(rows);

    private static TransformerChain<ITransformer> WithWords(MLContext mlContext, LabelColumn label, TransformerChain<ITransformer> scoring, IDataView featurized)
    {
        ITransformer predictor = scoring.LastTransformer;
        ITransformer words = new PredictionStep(label).Estimator(mlContext.Transforms).Fit(predictor.Transform(featurized));
        return new TransformerChain<ITransformer>([.. scoring, words]);
    }

    private static long RowCount(IDataView rows)
    {
        long count = 0;
        using DataViewRowCursor cursor = rows.GetRowCursor([]);
        while (cursor.MoveNext())
        {
            count++;
        }

        return count;
    }

    // What ML.NET and the trainer say is one sentence already.
    private static T Guard<T>(Func<T> train, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return train();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or DllNotFoundException or OutOfMemoryException)
        {
            throw ToolException.Training(Sentence.WithoutPeriod(fault.Message) + ".", fault);
        }
    }
}
