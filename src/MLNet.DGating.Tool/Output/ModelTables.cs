using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Text;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>The description of a model, as tables for the terminal.</summary>
internal static class ModelTables
{
    private const int MaximumFeatures = 30;

    public static Table Features(ModelDescription model)
    {
        Table table = New(["feature", "column"], ["slots", "importance"]);
        foreach (Feature feature in model.Features.Where(feature => feature.IsSelected).Take(MaximumFeatures))
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(feature.Name)), Markup.Escape(Sentence.Shown(feature.Column)),
                Number(feature.Slots), Number(feature.Importance));
        }

        return table;
    }

    public static Table Pairs(ModelDescription model)
    {
        Table table = New(["pair"], ["strength"]);
        foreach (ModelPair pair in model.Pairs.Take(MaximumFeatures))
        {
            table.AddRow(
                Markup.Escape($"{Sentence.Shown(pair.First)} × {Sentence.Shown(pair.Second)}"), Number(pair.Strength));
        }

        return table;
    }

    public static Table Candidates(ModelDescription model)
    {
        Table table = New([], ["features", model.MetricName, "± standard error", ""]);
        int kept = model.Features.Count(feature => feature.IsSelected);
        foreach (Candidate candidate in model.Candidates)
        {
            table.AddRow(
                Number(candidate.FeatureCount),
                candidate.Metric.ToString("f4", CultureInfo.InvariantCulture),
                candidate.MetricStandardError.ToString("f4", CultureInfo.InvariantCulture),
                candidate.FeatureCount == kept ? "kept" : "");
        }

        return table;
    }

    public static Table Frequencies(IReadOnlyList<SelectedFeature> features)
    {
        Table table = New(["feature", "column", ""], ["frequency"]);
        foreach (SelectedFeature feature in features.Take(MaximumFeatures))
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(feature.Name)), Markup.Escape(Sentence.Shown(feature.Column)),
                feature.IsStable ? "stable" : "", feature.Frequency.ToString("f2", CultureInfo.InvariantCulture));
        }

        return table;
    }

    public static Table Metrics(ModelDescription model)
    {
        Table table = New(["metric"], ["on test rows", "95 % interval"]);
        foreach (Metric metric in model.Metrics)
        {
            table.AddRow(
                MetricNames.Words(metric), Number(metric.Value),
                metric is { Low: { } low, High: { } high } ? $"{Number(low)} to {Number(high)}" : "");
        }

        table.AddRow("better than a constant", model.IsBetterThanConstant ? "yes" : "no", "");
        return table;
    }

    /// <summary>Returns the classes of a label: their share of all rows, and what test rows say.</summary>
    public static Table Classes(ModelDescription model)
    {
        Table table = New([$"{Markup.Escape(Sentence.Shown(model.Label.Name))}"], ["share of rows", "test rows", "predicted for"]);
        double all = Math.Max(1, model.Classes.Sum(one => one.Rows));
        foreach (ClassCount one in model.Classes.Take(MaximumFeatures))
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(one.Word)), (one.Rows / all).ToString("p1", CultureInfo.InvariantCulture),
                Number(one.TestRows), Number(one.PredictedRows));
        }

        return table;
    }

    /// <summary>Returns a line for each column that others could stand for: "cm: also inch, inch_copy".</summary>
    public static IEnumerable<string> Copies(ModelDescription model) =>
        model.Copies.Select(column => $"{Sentence.Shown(column.Key)}: also {string.Join(", ", column.Value.Select(Sentence.Shown))}");

    public static Table Columns(ModelDescription model)
    {
        HashSet<string> used = [.. model.UsedColumns.Select(column => column.Name)];
        Table table = New(["column", "kind", "becomes", "used"], ["missing"]);
        foreach (ModelColumn column in model.Columns)
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(column.Name)), Words($"{column.Kind}"), Words($"{column.Encoding}"),
                used.Contains(column.Name) ? "yes" : "no", Number(column.Missing));
        }

        return table;
    }

    /// <summary>Returns "12 of 108 features selected, …:", the line above the table of features.</summary>
    public static string Selected(ModelDescription model)
    {
        int selected = model.Features.Count(feature => feature.IsSelected);
        if (selected == 0)
        {
            return $"0 of {Sentence.Count(model.Features.Count, "feature")} selected: no column helps, and the model is a constant.";
        }

        string cut = selected > MaximumFeatures ? $"; the {MaximumFeatures} most important" : "";
        return $"{selected} of {Sentence.Count(model.Features.Count, "feature")} selected, "
            + $"from {model.UsedColumns.Count()} of {Sentence.Count(model.Columns.Count, "column")}{cut}:";
    }

    private static Table New(string[] words, string[] numbers)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns([.. words.Select(heading => new TableColumn(heading) { NoWrap = true })]);
        table.AddColumns([.. numbers.Select(heading => new TableColumn(heading) { NoWrap = true }.RightAligned())]);
        return table;
    }

    private static string Number(double number) => number.ToString("g4", CultureInfo.InvariantCulture);

    // "areaUnderRocCurve" becomes "area under roc curve".
    public static string Words(string camelCase) => string.Concat(camelCase.Select((letter, i) =>
        char.IsUpper(letter) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
