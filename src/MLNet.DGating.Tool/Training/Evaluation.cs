using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Training;

/// <summary>The evaluation of a model on rows that were not trained on, in double precision and with the rows' weights.</summary>
internal static class Evaluation
{
    /// <summary>Computes what scored rows say.</summary>
    /// <param name="request">The label, the threshold and the seed.</param>
    /// <param name="scored">The scored rows, in parts.</param>
    public static TestResult Run(TrainingRequest request, IReadOnlyList<IDataView> scored)
    {
        switch (request.Label.Task)
        {
            case LearningTask.Binary:
                return Binary(request, [.. scored.SelectMany(part => ScoredRows.Binary(part, request.Names))]);
            case LearningTask.Multiclass:
                var multiclass = MulticlassMetrics.Of(
                    scored.SelectMany(part => ScoredRows.Multiclass(part, request.Names)), request.Label.Words);
                return new TestResult
                {
                    Metrics = multiclass.Rows > 0 ? multiclass.WithIntervals(request.Seed) : [],
                    Rows = multiclass.Rows,
                    Classes = multiclass.Classes,
                    Confusion = multiclass.Confusion(),
                    Multiclass = multiclass,
                };
            default:
                ScoredNumber[] rows = [.. scored.SelectMany(part => ScoredRows.Numbers(part, request.Names, request.Label.Centre ?? 0))];
                return new TestResult
                {
                    Metrics = rows.Length > 0 ? RegressionMetrics.Of(rows).WithIntervals(request.Seed) : [],
                    Rows = rows.Length,
                    Numbers = rows,
                };
        }
    }

    private static TestResult Binary(TrainingRequest request, ScoredBoolean[] rows)
    {
        ThresholdRule? threshold = null;
        if (request.Threshold is { } rule)
        {
            threshold = ThresholdChoice.Choose(rule, rows);
            rows = ThresholdChoice.Apply(rule, rows, request.Seed);
        }

        var binary = BinaryMetrics.Of(rows, threshold);
        return new TestResult
        {
            Metrics = binary.HasBothClasses ? binary.WithIntervals(request.Seed) : [],
            Rows = binary.Rows,
            Classes = binary.Classes(request.Label.Words),
            Confusion = binary.Confusion(),
            Threshold = threshold,
            Binary = binary,
        };
    }
}
