using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Prediction;
using MLNet.DGating.Tool.Progress;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Training;

/// <summary>A training that goes on from a model: its steps to the features as they were fitted, its selection, and a test.</summary>
/// <param name="mlContext">The ML.NET context.</param>
/// <param name="request">The table and the settings, which are those of the model.</param>
/// <param name="previous">The model.</param>
internal sealed class ContinuedRun(MLContext mlContext, TrainingRequest request, ModelFile previous)
{
    /// <summary>Checks that the table has what the model reads.</summary>
    /// <returns>Warnings about its cells.</returns>
    /// <exception cref="ToolException">A column is missing or has no numbers, or the label has unknown words.</exception>
    public string[] Check()
    {
        TableFile file = request.Table.File;
        CellCheck cells = new ScoredTable(previous, file, badCellsAreMissing: false).CheckCells();
        using (TableReader reader = file.Read())
        {
            while (reader.Read())
            {
                cells.Add(reader);
            }
        }

        cells.ThrowIfNone();
        LabelColumn label = request.Label;
        string? unknown = label.Task == LearningTask.Regression
            ? null
            : request.Table[label.Name].Words.Keys.Except(label.Words).FirstOrDefault();
        return unknown is null ? [.. cells.Warnings]
            : throw ToolException.Input($"'{label.Name}' of '{file.Path}' has the value '{unknown}', but the model knows "
                + $"{Sentence.List(label.Words)} alone: leave such rows out, or train anew.");
    }

    /// <summary>Trains the model on.</summary>
    /// <param name="name">The name of the model's file.</param>
    /// <param name="progress">Takes the progress.</param>
    /// <param name="cancellation">Cancels the training.</param>
    /// <exception cref="ToolException">The model cannot be trained on the table, or not on this machine.</exception>
    public TrainingOutcome Run(string name, StagedProgress progress, CancellationToken cancellation)
    {
        ITransformer[] steps = [.. (IEnumerable<ITransformer>)previous.Model];
        int predictorAt = Array.FindLastIndex(steps, step => step is ISingleFeaturePredictionTransformer<object>);
        var features = new TransformerChain<ITransformer>(steps[..predictorAt]);
        FeatureSelectionReport before = Selection.Of(steps[predictorAt]);
        var views = TrainingViews.Of(request);
        var test = new ModelTest(request, views);
        ITransformer label = TrainingRun.LabelTransformer(mlContext, request.Label, request.Names.Label, views.Training);
        IDataView featurized = features.Transform(label.Transform(views.Training));
        progress.Begin(null, 0, test.ModelEnd);
        ITransformer predictor = Continued(mlContext, featurized);
        FeatureSelectionReport selection = Selection.Of(predictor);
        (TestResult result, TestDescription? tested) = test.Run(
            rows => Score(predictor, rows),
            (training, rows) => Score(Continued(new MLContext(request.Seed), features.Transform(label.Transform(training))), rows),
            progress, cancellation);
        ThresholdRule? threshold = result.Threshold ?? request.Threshold;
        predictor = TrainingRun.WithThreshold(mlContext, predictor, threshold);
        var scoring = new TransformerChain<ITransformer>([.. steps[..predictorAt], predictor]);
        ModelDescription description = Describe(name, TrainingRun.RowCount(views.Training), result.Rows, tested) with
        {
            Metrics = result.Metrics,
            Classes = TrainingRun.WithRows(result.Classes, request),
            Threshold = threshold,
            IsBetterThanConstant = selection.IsBetterThanConstant,
            Features = FeatureList.Continued(previous.Description.Features, before, selection),
        };
        TransformerChain<ITransformer> model = TrainingRun.WithPredictions(mlContext, request, scoring, featurized);
        var plan = FeaturePlan.Of(request.Columns, request.Names);
        return new TrainingOutcome(
            request, views, new FittedModel(plan, label, features, featurized, null, predictor), result,
            new TrainedModel(model, previous.InputSchema, description));

        ITransformer Continued(MLContext context, IDataView rows) => TrainingRun.Guard(
            () => Trainers.Continue(context, request.Label.Task, rows, steps[predictorAt], options =>
            {
                options.LabelColumnName = request.Names.Label;
                options.FeatureColumnName = before.FeatureColumnName;
                options.ExampleWeightColumnName = request.Names.Weight;
                options.Seed = request.Seed;
                options.Device = request.Device;
                options.Executor = request.Executor;
                options.SharedCheckpoint = request.Checkpoint;
                options.Progress = progress;
                options.CancellationToken = cancellation;
                request.Objective.Set(options);
            }), cancellation);

        IDataView Score(ITransformer network, IDataView rows) => network.Transform(features.Transform(label.Transform(rows)));
    }

    private ModelDescription Describe(string name, long rows, long testRows, TestDescription? tested)
    {
        TableFile file = request.Table.File;
        return previous.Description with
        {
            Source = new(Path.GetFileName(file.Path), file.Format, file.ColumnNames),
            Training = previous.Description.Training with
            {
                Rows = rows,
                TestRows = testRows,
                RowsWithoutLabel = request.Table[request.Label.Name].Reading.Missing,
                Seed = request.Seed,
                IsComplete = true,
                ContinuedFrom = name,
                Test = tested,
                Ended = DateTimeOffset.Now,
            },
        };
    }
}
