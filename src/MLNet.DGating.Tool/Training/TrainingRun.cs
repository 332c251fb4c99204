using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Progress;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>A training: features, path, refit and test.</summary>
internal static class TrainingRun
{
    /// <summary>Trains a model and tests it.</summary>
    /// <exception cref="ToolException">No model can be trained on the data, or not on this machine.</exception>
    public static TrainingOutcome Run(
        MLContext mlContext, TrainingRequest request, StagedProgress progress, CancellationToken cancellation)
    {
        var views = TrainingViews.Of(request);
        var test = new ModelTest(request, views);
        progress.Begin(null, 0, test.PathEnd);
        FittedModel fitted = Fit(mlContext, request, views.Training, progress, cancellation);
        DGatingPath path = fitted.Path!;
        FeatureSelectionReport selection = fitted.Selection;
        if (!selection.IsBetterThanConstant && path.IsComplete && request.Objective is { IsChosen: false, Loss: not null })
        {
            // A loss that was only suggested by the label's values must not be why nothing is found.
            return Run(mlContext, request with { Objective = new Objective() }, progress, cancellation);
        }

        // What a fold has to say is said of the model itself.
        var quiet = new MLContext(request.Seed);
        (TestResult result, TestDescription? tested) = test.Run(
            fitted.Score, (training, rows) => Fit(quiet, request, training, progress, cancellation).Score(rows), progress, cancellation);
        fitted = fitted with { Predictor = WithThreshold(mlContext, fitted.Predictor, result.Threshold) };
        ModelDescription description = Describe(
            request, path, RowCount(views.Training), result, FeatureList.Of(fitted.Plan, fitted.Rows.Schema, selection)) with
        {
            IsBetterThanConstant = selection.IsBetterThanConstant,
            Pairs = [.. selection.Pairs.Select(pair => new ModelPair(pair.First.Name, pair.Second.Name, pair.Strength))],
        };
        description = description with { Training = description.Training with { Test = tested } };
        HashSet<string> used = [.. description.UsedColumns.Select(column => column.Name)];
        description = description with
        {
            Copies = CopySearch.Find(
                request.Table.File, [.. description.UsedColumns], [.. request.Columns.Where(column => !used.Contains(column.Name))]),
        };
        TransformerChain<ITransformer> model = WithPredictions(mlContext, request, fitted.Scoring, fitted.Rows);
        DataViewSchema inputs =
            new TableView(request.Table.File, request.Columns.Select(column => column.Input), RowFilters.All).Schema;
        DGatingPrunedModel pruned = mlContext.Model.Prune(model, inputs);
        return new TrainingOutcome(request, views, fitted, result, new TrainedModel(pruned.Model, pruned.InputSchema, description with
        {
            InputColumns = [.. pruned.InputSchema.Select(column => column.Name)],
        }));
    }

    /// <summary>Fits the steps to the features, follows the path, and refits the chosen count.</summary>
    private static FittedModel Fit(
        MLContext mlContext, TrainingRequest request, IDataView rows, IProgress<DGatingProgress> progress, CancellationToken cancellation)
    {
        var featurized = FeaturizedRows.Of(mlContext, request, rows, cancellation);
        DGatingPath path = Guard(() => Trainers.FitPath(mlContext, request.Label.Task, featurized.Rows, options =>
        {
            // A path has no pairs: they are set beside the curves of the count that it chooses.
            Set(options, HasPairs(request) ? request with { Shape = DGatingModelShape.Additive } : request, featurized.Plan);
            options.MaximumFeatureCount = request.FeatureCount;
            options.Progress = progress;
            options.CancellationToken = cancellation;
        }), cancellation);
        // After Ctrl+C the path is incomplete. The refit of its best count is the model, so it must not be cancelled too.
        int count = Count(request.FeatureCount, path);
        ITransformer predictor = path.IsComplete && count > 0 && HasPairs(request)
            ? Guard(() => Trainers.Fit(mlContext, request.Label.Task, featurized.Rows, options =>
            {
                Set(options, request, featurized.Plan);
                options.MaximumFeatureCount = count;
                options.CancellationToken = cancellation;
            }), cancellation)
            : Guard(() => path.At(count), CancellationToken.None);
        return new FittedModel(featurized.Plan, featurized.Label, featurized.Features, featurized.Rows, path, predictor);
    }

    /// <summary>Trains a network of all features of the columns, and scores other rows with it.</summary>
    public static IDataView Score(
        MLContext mlContext, TrainingRequest request, IDataView rows, IDataView others, CancellationToken cancellation)
    {
        var featurized = FeaturizedRows.Of(mlContext, request, rows, cancellation);
        ITransformer predictor = Guard(() => Trainers.Fit(mlContext, request.Label.Task, featurized.Rows, options =>
        {
            // Not all processes of a cluster score: the network is trained by the one that does.
            Set(options, request with { Executor = null }, featurized.Plan);
            options.MaximumFeatureCount = int.MaxValue;
            options.CancellationToken = cancellation;
        }), cancellation);
        return predictor.Transform(featurized.Features.Transform(featurized.Label.Transform(others)));
    }

    /// <summary>Gives the predictor the threshold that was chosen.</summary>
    public static ITransformer WithThreshold(MLContext mlContext, ITransformer predictor, ThresholdRule? threshold) =>
        threshold is not null && predictor is BinaryPredictionTransformer<DGatingBinaryModelParameters> binary
            ? mlContext.BinaryClassification.ChangeModelThreshold(binary, threshold.Score)
            : predictor;

    /// <summary>Sets what the table and the user ask of every training.</summary>
    public static void Set(DGatingTrainerOptions options, TrainingRequest request, FeaturePlan plan)
    {
        options.LabelColumnName = request.Names.Label;
        options.FeatureColumnName = plan.FeatureColumn;
        options.ExampleWeightColumnName = request.Names.Weight;
        options.SamplingKeyColumnName = request.Group is null ? null : request.Names.Group;
        options.Seed = request.Seed;
        options.NumericEncoding = request.Encoding;
        options.Shape = request.Shape;
        options.EnsembleSize = request.Networks;
        options.Device = request.Device;
        bool hasPairs = options.Shape == DGatingModelShape.AdditiveWithPairs;
        options.Executor = hasPairs ? null : request.Executor;
        options.SharedCheckpoint = hasPairs ? null : request.Checkpoint;
        request.Objective.Set(options);
    }

    private static ModelDescription Describe(
        TrainingRequest request, DGatingPath path, long rows, TestResult test, Feature[] features) => new()
    {
        Label = request.Label,
        Weight = request.Weight,
        Objective = request.Objective,
        Columns = request.Columns,
        LeftOut = request.LeftOut,
        Source = new(Path.GetFileName(request.Table.File.Path), request.Table.File.Format, request.Table.File.ColumnNames),
        Training = new(
            rows, test.Rows, request.Table[request.Label.Name].Reading.Missing, request.Seed, request.FeatureCount, path.IsComplete)
        {
            Encoding = request.Encoding,
            Shape = request.Shape,
            Networks = request.Networks,
            Ended = DateTimeOffset.Now,
        },
        Metrics = test.Metrics,
        Classes = WithRows(test.Classes, request),
        Threshold = test.Threshold,
        MetricName = path.MetricName,
        Candidates = [.. path.Candidates.Select(candidate => new Candidate(
            candidate.FeatureCount,
            candidate.Metric, candidate.MetricStandardError,
            candidate.BoundedLoss, candidate.BoundedLossStandardError))],
        Features = features,
    };

    private static bool HasPairs(TrainingRequest request) => request.Shape == DGatingModelShape.AdditiveWithPairs;

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
            is InvalidOperationException or ArgumentException or DllNotFoundException)
        {
            throw ToolException.Training(Sentence.WithoutPeriod(fault.Message) + ".", fault);
        }
    }
}
