using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds what a model on one fold's training rows says of its test rows.</summary>
/// <param name="Accuracy">The share of the rows whose class is right.</param>
/// <param name="Auc">The area under the ROC curve.</param>
/// <param name="LogLoss">The mean log-loss, natural logarithm.</param>
/// <param name="Kept">The features that the model reads.</param>
/// <param name="Found">The informative blocks that were found; NaN where they are not known.</param>
/// <param name="Seconds">The elapsed time of the fit.</param>
internal sealed record FoldResult(double Accuracy, double Auc, double LogLoss, int Kept, double Found, double Seconds)
{
    /// <summary>Fits a method and evaluates it on the test rows.</summary>
    public static FoldResult Measure(ISelectionMethod method, SplitData data, int? count, int seed, WideTable? truth)
    {
        var context = new MLContext(seed);
        var clock = Stopwatch.StartNew();
        FittedSelection fitted = method.Fit(context, data, count);
        double seconds = clock.Elapsed.TotalSeconds;
        CalibratedBinaryClassificationMetrics metrics =
            context.BinaryClassification.Evaluate(fitted.Model.Transform(data.Test), data.LabelColumn);
        double found = truth is not null && fitted.Selected.Length > 0 ? truth.BlocksFound(fitted.Selected) : double.NaN;
        return new FoldResult(
            metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.LogLoss * Math.Log(2), fitted.Kept, found, seconds);
    }
}
