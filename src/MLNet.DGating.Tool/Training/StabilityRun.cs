using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>Holds the result of stability selection on a table.</summary>
/// <param name="FeatureCount">The number of features that each run selects.</param>
/// <param name="Features">The features that a run selects at least, the most frequent first.</param>
/// <param name="ExpectedByChance">The bound on the expected number of stable features that were selected by chance.</param>
internal sealed record StabilityRun(int FeatureCount, SelectedFeature[] Features, double ExpectedByChance)
{
    /// <summary>Halves the rows many times, and selects on every half.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="request">The table and the settings; a number of features is what each run selects.</param>
    /// <param name="pairs">How often the rows are halved, at least 1.</param>
    /// <param name="threshold">The share of the runs that makes a feature stable, above 0.5 and at most 1.</param>
    /// <param name="progress">Takes the progress.</param>
    /// <param name="cancellation">Cancels the training.</param>
    /// <exception cref="ToolException">Nothing can be selected on the data, or not on this machine.</exception>
    public static StabilityRun Run(
        MLContext mlContext, TrainingRequest request, int pairs, double threshold, IProgress<DGatingProgress> progress,
        CancellationToken cancellation)
    {
        var rows = FeaturizedRows.Of(mlContext, request, TrainingViews.Of(request).Training, cancellation);
        DGatingStability stability = TrainingRun.Guard(() => Trainers.FitStability(
            mlContext, request.Label.Task, rows.Rows, pairs, options =>
            {
                TrainingRun.Set(options, request, rows.Plan);
                options.Progress = progress;
                options.CancellationToken = cancellation;
            }), cancellation);
        int count = request.FeatureCount ?? stability.SuggestedFeatureCount(threshold);
        FeaturePart[] partOfSlot = rows.Plan.PartOfSlot(rows.Rows.Schema);
        IReadOnlyList<double> frequencies = stability.FrequenciesAt(count);
        IEnumerable<SelectedFeature> features = stability.Features.Select(feature =>
        {
            FeaturePart part = partOfSlot[feature.Slots[0]];
            double frequency = frequencies[feature.Index];
            return new SelectedFeature(
                FeatureList.NameOf(feature.Name, feature.Slots.Count, part, rows.Rows.Schema), part.Column, frequency,
                frequency >= threshold);
        });
        return new StabilityRun(
            count, [.. features.Where(feature => feature.Frequency > 0).OrderByDescending(feature => feature.Frequency)],
            stability.ExpectedFalseSelections(count, threshold));
    }
}
