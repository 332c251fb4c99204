using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>The page about a training.</summary>
internal static class ModelReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="mlContext">The ML.NET context.</param>
    /// <param name="outcome">The training.</param>
    /// <param name="cancellation">Leaves out what takes long.</param>
    public static string Write(MLContext mlContext, TrainingOutcome outcome, CancellationToken cancellation)
    {
        ModelDescription model = outcome.Trained.Description;
        FeatureSelectionReport selection = outcome.Fitted.Selection;
        var scorer = new FeatureScorer(mlContext, outcome.Fitted, model.Label);
        IReadOnlyList<FeatureSubstitutes> substitutes =
            selection.SelectedIndices.Count == 0 || selection.Features.All(feature => feature.IsSelected)
                ? []
                : selection.Substitutes(outcome.Fitted.Rows);
        return DGatingReport.ToHtml($"{model.Label.Name} of {model.Source.File}", new DGatingReportContent
        {
            Selection = selection,
            Path = outcome.Fitted.Path,
            Summary = Summary(model),
            Facts = [.. Facts(outcome)],
            CountReason = model.Training is { IsComplete: true, FeaturesAskedFor: null } ? null : CountReason(model),
            Test = outcome.Views.Tests.Count == 0 ? null : TestContent.Of(model, outcome.Test),
            Effects = [.. new EffectCurves(outcome.Fitted, model.Label, scorer).All(outcome.Request.Seed)],
            Surfaces = [.. new AdditiveEffects(selection, model.Label).Surfaces()],
            Substitutes = substitutes,
            StandIns = new StandInQuality(outcome, cancellation).Of(substitutes),
            Examples = [.. new ExampleRows(outcome).All()],
            LeftOut = [.. model.LeftOut.Select(column => (column.Name, column.Reason))],
        });
    }

    private static string Summary(ModelDescription model)
    {
        int selected = model.Features.Count(feature => feature.IsSelected);
        string features = Sentence.Count(model.Features.Count, "feature");
        if (selected == 0)
        {
            return $"None of {features} is selected: no column helps to predict '{model.Label.Name}', and the model is a constant.";
        }

        string verb = selected == 1 ? "predicts" : "predict";
        string wanted = model.Label.Task switch
        {
            LearningTask.Binary => "areaUnderRocCurve",
            LearningTask.Multiclass => "accuracy",
            _ => "rSquared",
        };
        string quality = model.Metrics.FirstOrDefault(metric => metric.Name == wanted) is not { } metric ? ""
            : string.Create(CultureInfo.InvariantCulture, $": {MetricNames.Words(metric)} {metric.Value:0.000}")
                + (metric is { Low: { } low, High: { } high }
                    ? string.Create(CultureInfo.InvariantCulture, $" (95 % interval {low:0.000} to {high:0.000})") : "")
                + $" on {Sentence.Count(model.Training.TestRows, "row")} "
                + (model.Training.Test?.Kind == TestKind.Folds ? "in cross-validation" : "that were not trained on");
        string constant = model.IsBetterThanConstant ? "" : " Held-out rows do not show that this is better than a constant.";
        return $"{selected.ToString("n0", CultureInfo.InvariantCulture)} of {features} {verb} '{model.Label.Name}'{quality}.{constant}";
    }

    private static IEnumerable<(string Name, string Value)> Facts(TrainingOutcome outcome)
    {
        ModelDescription model = outcome.Trained.Description;
        TableProfile table = outcome.Request.Table;
        yield return ("Data", $"{model.Source.File}: {Sentence.Count(table.Rows, "row")}, {Sentence.Count(table.Columns.Count, "column")}");
        yield return ("Predicts", model.Label.Task switch
        {
            LearningTask.Binary => $"whether '{model.Label.Name}' is '{model.Label.Positive}' or '{model.Label.Negative}'",
            LearningTask.Multiclass =>
                $"which of {model.Label.Words.Count} classes '{model.Label.Name}' is: {Sentence.List(model.Label.Words)}",
            _ => $"the number '{model.Label.Name}'" + (model.Objective.Loss is { } loss ? $", with the loss {loss}" : ""),
        });
        string without = model.Training.RowsWithoutLabel > 0
            ? $"; {Sentence.Count(model.Training.RowsWithoutLabel, "row")} without a label left out" : "";
        yield return ("Trained on", Sentence.Count(model.Training.Rows, "row") + without
            + (model.Training.ContinuedFrom is { } from ? $", going on from {from}" : "")
            + (model.Training.IsComplete ? "" : "; stopped before the end"));
        yield return ("Tested", TestWords.Short(model));
        if (model.Training.Ended is { } ended)
        {
            yield return ("Date", ended.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        yield return ("Seed", model.Training.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("Command", outcome.Request.CommandLine);
        yield return ("Made by", $"dgating {Version()}");
    }

    private static string? CountReason(ModelDescription model) => model.Training.IsComplete ? null
        : "The training was stopped: the count is the best of those that were tried.";

    private static string Version() =>
        typeof(ModelReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
