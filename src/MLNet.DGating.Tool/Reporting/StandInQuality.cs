using Microsoft.ML;
using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>The quality that a model would have with a stand-in in the place of a kept feature.</summary>
/// <param name="outcome">The training.</param>
/// <param name="cancellation">Leaves out what is not measured yet.</param>
internal sealed class StandInQuality(TrainingOutcome outcome, CancellationToken cancellation)
{
    // Each measurement is a training of the kept columns alone.
    private const int MostMeasured = 5, MostColumns = 30;
    private const long MostCells = 2_000_000;

    /// <summary>Returns the stand-ins, with the quality of the best one of each of the most important features.</summary>
    public ReportStandIn[] Of(IReadOnlyList<FeatureSubstitutes> found)
    {
        var standIns = new List<ReportStandIn>();
        Metric? kept = null;
        int measured = 0;
        foreach (FeatureSubstitutes feature in found)
        {
            foreach ((int rank, FeatureSubstitute substitute) in feature.Substitutes.Index())
            {
                string? quality = null;
                if (rank == 0 && measured < MostMeasured && Columns(feature.Feature, substitute.Feature) is { } columns)
                {
                    kept ??= Measure([.. outcome.Trained.Description.UsedColumns]);
                    Metric? with = kept is null ? null : Measure(columns);
                    quality = with is null ? null : FormattableString.Invariant(
                        $"{MetricNames.Words(with)} {with.Value:0.000}, with the kept one {kept!.Value:0.000}{TestedOn()}");
                    measured++;
                }

                standIns.Add(new ReportStandIn
                {
                    Feature = feature.Feature.Name,
                    StandIn = substitute.Feature.Name,
                    ValueCorrelation = substitute.ValueCorrelation,
                    EffectCorrelation = substitute.EffectCorrelation,
                    Quality = quality,
                });
            }
        }

        return [.. standIns];
    }

    // Of folds the first is few rows, and says little where the table is small.
    private string TestedOn() => outcome.Views.AreFolds
        ? $" (on {Sentence.Count(TrainingRun.RowCount(outcome.Views.Tests[0].Test), "row")})"
        : "";

    // The kept columns with the one of the stand-in for that of the feature; null where that is not cheap, or is the same column.
    private ModelColumn[]? Columns(FeatureGate feature, FeatureGate standIn)
    {
        ModelColumn[] used = [.. outcome.Trained.Description.UsedColumns];
        string? kept = ColumnOf(feature), other = ColumnOf(standIn);
        bool isCheap = outcome.Views.Tests.Count > 0 && used.Length <= MostColumns
            && used.Length * outcome.Trained.Description.Training.Rows <= MostCells;
        ModelColumn? added = outcome.Request.Columns.FirstOrDefault(column => column.Name == other);
        return !isCheap || kept is null || added is null || used.Contains(added)
            ? null
            : [.. used.Where(column => column.Name != kept), added];
    }

    private string? ColumnOf(FeatureGate feature) =>
        outcome.Fitted.Plan.PartNamed(outcome.Fitted.Selection.BySlot[feature.Slots[0]].Name)?.Column;

    private Metric? Measure(ModelColumn[] columns)
    {
        TrainingRequest request = outcome.Request with { Columns = columns, FeatureCount = null };
        (IDataView training, IDataView test) = outcome.Views.Tests[0];
        try
        {
            IDataView scored = TrainingRun.Score(new MLContext(request.Seed), request, training, test, cancellation);
            TestResult result = Evaluation.Run(request, [scored]);
            string wanted = request.Label.Task switch
            {
                LearningTask.Binary => "areaUnderRocCurve",
                LearningTask.Multiclass => "accuracy",
                _ => "rSquared",
            };
            return result.Metrics.FirstOrDefault(metric => metric.Name == wanted);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ToolException)
        {
            return null;
        }
    }
}
