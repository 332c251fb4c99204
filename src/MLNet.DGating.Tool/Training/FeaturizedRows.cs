using Microsoft.ML;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>Rows with their features, and the steps that were fitted to make them.</summary>
/// <param name="Plan">The plan of the steps.</param>
/// <param name="Label">The step that maps the label's words.</param>
/// <param name="Features">The steps from the table's columns to the features.</param>
/// <param name="Rows">The rows with their features.</param>
internal sealed record FeaturizedRows(FeaturePlan Plan, ITransformer Label, ITransformer Features, IDataView Rows)
{
    /// <summary>Fits the steps to rows.</summary>
    public static FeaturizedRows Of(MLContext mlContext, TrainingRequest request, IDataView rows, CancellationToken cancellation)
    {
        var plan = FeaturePlan.Of(request.Columns, request.Names);
        ITransformer label = TrainingRun.LabelTransformer(mlContext, request.Label, request.Names.Label, rows);
        IDataView training = label.Transform(rows);
        ITransformer features = TrainingRun.Guard(() => plan.Estimator(mlContext).Fit(training), cancellation);
        return new FeaturizedRows(plan, label, features, features.Transform(training));
    }
}
