using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>The evaluation of a model on rows that were not trained on, in double precision and with the rows' weights.</summary>
internal static class Evaluation
{
    /// <summary>Computes the metrics of scored rows.</summary>
    /// <returns>The metrics, none if there are no rows or all are of one of two classes; the number of rows; and the classes.</returns>
    public static (IReadOnlyList<Metric> Metrics, long Rows, IReadOnlyList<ClassCount> Classes) Run(
        LabelColumn label, PipelineNames names, IDataView scored)
    {
        switch (label.Task)
        {
            case LearningTask.Binary:
                var binary = BinaryMetrics.Of(ScoredRows.Binary(scored, names));
                return (binary.HasBothClasses ? binary.All() : [], binary.Rows, binary.Classes(label.Words));
            case LearningTask.Multiclass:
                var multiclass = MulticlassMetrics.Of(ScoredRows.Multiclass(scored, names), label.Words);
                return (multiclass.Rows > 0 ? multiclass.All() : [], multiclass.Rows, multiclass.Classes);
            default:
                ScoredNumber[] rows = [.. ScoredRows.Numbers(scored, names)];
                return (rows.Length > 0 ? RegressionMetrics.Of(rows) : [], rows.Length, []);
        }
    }
}
