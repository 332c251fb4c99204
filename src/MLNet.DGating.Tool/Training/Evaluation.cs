using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Training;

/// <summary>The evaluation of a model on rows that were not trained on.</summary>
internal static class Evaluation
{
    /// <summary>Computes the metrics of scored rows.</summary>
    /// <returns>The metrics, none if there are no rows or all are of one class; and the number of rows.</returns>
    public static (IReadOnlyList<Metric> Metrics, long Rows) Run(MLContext mlContext, LabelColumn label, IDataView scored)
    {
        long rows = 0;
        var classes = new HashSet<bool>();
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[label.Name]]))
        {
            ValueGetter<bool>? getter =
                label.Task == LearningTask.Binary ? cursor.GetGetter<bool>(scored.Schema[label.Name]) : null;
            bool isPositive = false;
            while (cursor.MoveNext())
            {
                rows++;
                getter?.Invoke(ref isPositive);
                classes.Add(isPositive);
            }
        }

        // ML.NET cannot compute the area under a curve for one class.
        bool canEvaluate = rows > 0 && (label.Task != LearningTask.Binary || classes.Count == 2);
        return (canEvaluate ? Metrics(mlContext, label, scored) : [], rows);
    }

    private static Metric[] Metrics(MLContext mlContext, LabelColumn label, IDataView scored) => label.Task switch
    {
        LearningTask.Binary => Metrics(mlContext.BinaryClassification.Evaluate(scored, label.Name)),
        LearningTask.Multiclass => Metrics(mlContext.MulticlassClassification.Evaluate(scored, label.Name)),
        _ => Metrics(mlContext.Regression.Evaluate(scored, label.Name)),
    };

    private static Metric[] Metrics(CalibratedBinaryClassificationMetrics binary) =>
    [
        new("accuracy", binary.Accuracy),
        new("areaUnderRocCurve", binary.AreaUnderRocCurve),
        new("areaUnderPrecisionRecallCurve", binary.AreaUnderPrecisionRecallCurve),
        new("f1Score", binary.F1Score),
        new("logLoss", binary.LogLoss),
    ];

    private static Metric[] Metrics(MulticlassClassificationMetrics multiclass) =>
    [
        new("accuracy", multiclass.MicroAccuracy),
        new("macroAccuracy", multiclass.MacroAccuracy),
        new("logLoss", multiclass.LogLoss),
    ];

    private static Metric[] Metrics(RegressionMetrics regression) =>
    [
        new("rSquared", regression.RSquared),
        new("rootMeanSquaredError", regression.RootMeanSquaredError),
        new("meanAbsoluteError", regression.MeanAbsoluteError),
    ];
}
