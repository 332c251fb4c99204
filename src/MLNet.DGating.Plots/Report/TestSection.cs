using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The section of a report about the test.</summary>
internal static class TestSection
{
    private const int MostClasses = 30;

    // More have no room beside other parts.
    private const int MostClassesOfACell = 4;

    public static void Add(ReportPage page, ReportTest test)
    {
        page.Heading("How good it is");
        page.Explain(test.Summary);
        foreach (string warning in test.Warnings)
        {
            page.Warn(warning);
        }

        page.Grid(() =>
        {
            if (test.Metrics.Count > 0)
            {
                page.Cell(() => AddMetrics(page, test));
            }

            if (test.Classes.Count <= MostClassesOfACell)
            {
                AddMatrix(page, test);
            }

            foreach (PanelChart panel in Panels(test))
            {
                page.Panel(panel.Draw());
            }

            if (test.Classes.Count is > MostClassesOfACell and <= MostClasses)
            {
                AddMatrix(page, test);
            }
        });
    }

    private static void AddMatrix(ReportPage page, ReportTest test)
    {
        if (test.Confusion is { } confusion)
        {
            page.Cell(() => page.Matrix(test.Classes, confusion), isWide: test.Classes.Count > MostClassesOfACell);
        }
    }

    private static void AddMetrics(ReportPage page, ReportTest test) => page.Table(new ReportTable(
        "Metrics", [("Metric", CellKind.Text), ("Value", CellKind.Number), ("95 % interval", CellKind.Number)],
        [
            .. test.Metrics.Select(metric => new ReportRow(
            [
                metric.Name, NumberText.Metric(metric.Value),
                metric is { Low: { } low, High: { } high } ? $"{NumberText.Metric(low)} to {NumberText.Metric(high)}" : "–",
            ])),
        ]));

    private static IEnumerable<PanelChart> Panels(ReportTest test)
    {
        if (test.Roc.Count > 0)
        {
            yield return Unit("ROC curve", "Of every threshold: how many of the positive rows are found, for how many false alarms. The "
                + "dashed line is chance.", "false positive rate", "true positive rate", test.Roc, "chance");
        }

        if (test.PrecisionRecall.Count > 0)
        {
            yield return Unit("Precision and recall", "Of every threshold: how many of the rows called positive are, for how many of the "
                + "positive rows found.", "recall", "precision", test.PrecisionRecall, null);
        }

        if (test.Calibration.Count > 0)
        {
            PanelChart chart = Unit("Calibration", "How often what was predicted with a probability came true, in bins of equally many "
                + "rows. On the dashed line probabilities are right.", "predicted probability", "frequency", test.Calibration,
                "calibrated");
            yield return chart with { HasDots = true };
        }

        if (test.Predictions.Count > 0)
        {
            yield return new PanelChart
            {
                Title = "Predicted and actual",
                Description = "A dot a row; on the dashed line the prediction is right.",
                HorizontalTitle = "predicted",
                VerticalTitle = "actual",
                Diagonal = "right",
                Series = [new("rows", test.Predictions, SeriesKind.Dots)],
            };
            yield return new PanelChart
            {
                Title = "Errors by prediction",
                Description = "The actual number less the predicted one. Where the dots are not about the dashed line, predictions of that "
                    + "size are off on average.",
                HorizontalTitle = "predicted",
                VerticalTitle = "actual − predicted",
                HasZero = true,
                Series = [new("rows", [.. test.Predictions.Select(point => (point.X, point.Y - point.X))], SeriesKind.Dots)],
            };
        }

        if (test.Errors.Count > 0)
        {
            yield return new PanelChart
            {
                Title = "Distribution of errors",
                Description = "The number of rows by their error, actual less predicted; the outermost columns hold all beyond.",
                HorizontalTitle = "actual − predicted",
                VerticalTitle = "rows",
                Series = [new("rows", test.Errors, SeriesKind.Columns)],
            };
        }
    }

    private static PanelChart Unit(
        string title, string description, string across, string up, IReadOnlyList<(double X, double Y)> points, string? diagonal) => new()
    {
        Title = title,
        Description = description,
        HorizontalTitle = across,
        VerticalTitle = up,
        Horizontal = (0, 1),
        Vertical = (0, 1),
        Diagonal = diagonal,
        Series = [new(title, points)],
    };
}
