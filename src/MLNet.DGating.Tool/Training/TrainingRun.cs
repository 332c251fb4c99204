using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>A training: features, path, refit and test.</summary>
internal static class TrainingRun
{
    /// <summary>Trains a model.</summary>
    /// <exception cref="ToolException">No model can be trained on the data, or not on this machine.</exception>
    public static TrainedModel Run(
        MLContext mlContext, TrainingRequest request, IProgress<DGatingProgress> progress, CancellationToken cancellation)
    {
        var views = TrainingViews.Of(request);
        PipelineNames names = request.Names;
        var plan = FeaturePlan.Of(request.Columns, names);
        ITransformer label = LabelTransformer(mlContext, request.Label, names.Label, views.Training);
        IDataView training = label.Transform(views.Training);
        ITransformer features = Guard(() => plan.Estimator(mlContext).Fit(training), cancellation);
        IDataView featurized = features.Transform(training);

        DGatingPath path = Guard(() => Trainers.FitPath(mlContext, request.Label.Task, featurized, options =>
        {
            options.LabelColumnName = names.Label;
            options.FeatureColumnName = plan.FeatureColumn;
            options.ExampleWeightColumnName = names.Weight;
            options.SamplingKeyColumnName = request.Group is null ? null : names.Group;
            options.Seed = request.Seed;
            options.MaximumFeatureCount = request.FeatureCount;
            options.NumericEncoding = request.Encoding;
            options.Device = request.Device;
            options.Progress = progress;
            options.CancellationToken = cancellation;
            request.Objective.Set(options);
        }), cancellation);
        // After Ctrl+C the path is incomplete. The refit of its best count is the model, so it must not be cancelled too.
        ITransformer predictor = Guard(() => path.At(Count(request.FeatureCount, path)), CancellationToken.None);
        FeatureSelectionReport selection = Selection.Of(predictor);
        if (!selection.IsBetterThanConstant && path.IsComplete && request.Objective is { IsChosen: false, Loss: not null })
        {
            // A loss that was only suggested by the label's values must not be why nothing is found.
            return Run(mlContext, request with { Objective = new Objective() }, progress, cancellation);
        }

        TransformerChain<ITransformer> model = WithPredictions(
            mlContext, request, new TransformerChain<ITransformer>([.. (IEnumerable<ITransformer>)features, predictor]), featurized);
        (IReadOnlyList<Metric> metrics, long testRows, IReadOnlyList<ClassCount> classes) = views.Test is { } test
            ? Evaluation.Run(request.Label, names, model.Transform(label.Transform(test)))
            : ([], 0, []);
        ModelDescription description = Describe(
            request, path, RowCount(views.Training), testRows, metrics, FeatureList.Of(plan, featurized.Schema, selection)) with
        {
            IsBetterThanConstant = selection.IsBetterThanConstant,
            Classes = WithRows(classes, request),
        };
        HashSet<string> used = [.. description.UsedColumns.Select(column => column.Name)];
        description = description with
        {
            Copies = CopySearch.Find(
                request.Table.File, [.. description.UsedColumns], [.. request.Columns.Where(column => !used.Contains(column.Name))]),
        };
        DataViewSchema inputs =
            new TableView(request.Table.File, request.Columns.Select(column => column.Input), RowFilters.All).Schema;
        DGatingPrunedModel pruned = mlContext.Model.Prune(model, inputs);
        string page = DGatingReport.ToHtml($"{request.Label.Name} of {description.Source.File}", selection, path);
        return new TrainedModel(pruned.Model, pruned.InputSchema, description with
        {
            InputColumns = [.. pruned.InputSchema.Select(column => column.Name)],
        }, page);
    }

    private static ModelDescription Describe(
        TrainingRequest request, DGatingPath path, long rows, long testRows, IReadOnlyList<Metric> metrics, Feature[] features) => new()
    {
        Label = request.Label,
        Weight = request.Weight,
        Objective = request.Objective,
        Columns = request.Columns,
        LeftOut = request.LeftOut,
        Source = new(Path.GetFileName(request.Table.File.Path), request.Table.File.Format, request.Table.File.ColumnNames),
        Training = new(
            rows, testRows, request.Table[request.Label.Name].Reading.Missing, request.Seed, request.FeatureCount, path.IsComplete)
        {
            Encoding = request.Encoding,
        },
        Metrics = metrics,
        MetricName = path.MetricName,
        Candidates = [.. path.Candidates.Select(candidate => new Candidate(
            candidate.FeatureCount,
            candidate.Metric, candidate.MetricStandardError,
            candidate.BoundedLoss, candidate.BoundedLossStandardError))],
        Features = features,
    };

    private static int Count(int? asked, DGatingPath path) => path.IsComplete
        ? asked ?? path.SparsestFeatureCount
        : Math.Max(asked ?? path.BestFeatureCount, path.Points[^1].FeatureCount);

    /// <summary>Makes the steps from the label as it is read to what is learnt.</summary>
    public static ITransformer LabelTransformer(MLContext mlContext, LabelColumn label, string name, IDataView rows) =>
        Fitted(mlContext, LabelStep.For(label, name), rows);

    /// <summary>Adds the steps from what is predicted to the label's words, or numbers.</summary>
    public static TransformerChain<ITransformer> WithPredictions(
        MLContext mlContext, TrainingRequest request, TransformerChain<ITransformer> scoring, IDataView featurized)
    {
        IDataView scored = scoring.LastTransformer.Transform(featurized);
        return new TransformerChain<ITransformer>(
            [.. scoring, .. Fitted(mlContext, PredictionStep.For(request.Label, request.Objective.HasQuantiles), scored)]);
    }

    private static TransformerChain<ITransformer> Fitted(MLContext mlContext, PipelineStep[] steps, IDataView rows)
    {
        var fitted = new List<ITransformer>();
        foreach (PipelineStep step in steps)
        {
            ITransformer transformer = step.Estimator(mlContext.Transforms).Fit(rows);
            rows = transformer.Transform(rows);
            fitted.Add(transformer);
        }

        return new TransformerChain<ITransformer>([.. fitted]);
    }

    /// <summary>Gives the classes with their rows in the table.</summary>
    public static ClassCount[] WithRows(IEnumerable<ClassCount> classes, TrainingRequest request) =>
        [.. classes.Select(one => one with { Rows = request.Table[request.Label.Name].Words.GetValueOrDefault(one.Word) })];

    /// <summary>Counts rows.</summary>
    public static long RowCount(IDataView rows)
    {
        long count = 0;
        using DataViewRowCursor cursor = rows.GetRowCursor([]);
        while (cursor.MoveNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>Trains, and turns errors of ML.NET and of the trainer into those of the tool.</summary>
    /// <remarks>Their messages are one sentence already.</remarks>
    public static T Guard<T>(Func<T> train, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return train();
        }
        catch (Exception fault) when (fault
            is InvalidOperationException or ArgumentException or DllNotFoundException or OutOfMemoryException)
        {
            throw ToolException.Training(Sentence.WithoutPeriod(fault.Message) + ".", fault);
        }
    }
}
