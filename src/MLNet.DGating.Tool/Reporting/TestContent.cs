using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>What a report tells of the test.</summary>
internal static class TestContent
{
    private const int MostDots = 500, Columns = 21, MostSteps = 400;

    public static ReportTest Of(ModelDescription model, TestResult test) => new()
    {
        Summary = TestWords.Heading(model).TrimEnd(':', '.') + "." + Threshold(model),
        Metrics =
        [
            .. test.Metrics.Select(metric => new ReportMetric
            {
                Name = MetricNames.Words(metric), Value = metric.Value, Low = metric.Low, High = metric.High,
            }),
        ],
        Warnings = [.. TestWords.Warnings(model).Select(warning => char.ToUpperInvariant(warning[0]) + warning[1..])],
        Classes = model.Label.Words,
        Confusion = test.Metrics.Count > 0 ? test.Confusion : null,
        Roc = test is { Binary: { } roc, Metrics.Count: > 0 } ? Roc(roc) : [],
        PrecisionRecall = test is { Binary: { } recall, Metrics.Count: > 0 } ? PrecisionRecall(recall) : [],
        Calibration = test.Metrics.Count == 0 ? []
            : [.. (test.Binary?.Calibration ?? test.Multiclass?.Calibration ?? []).Select(bin => (bin.Predicted, bin.Happened))],
        Predictions = Predictions(test.Numbers),
        Errors = Errors([.. test.Numbers.Select(row => row.Label - row.Score).Order()]),
    };

    private static string Threshold(ModelDescription model) => model.Threshold is { } threshold
        ? FormattableString.Invariant(
            $" '{model.Label.Positive}' is predicted where its probability is above {threshold.Probability:g4}: {threshold.Words}.")
        : "";

    private static (double, double)[] Roc(BinaryMetrics rows)
    {
        List<(double Positive, double Negative)> steps = Steps(rows);
        (double allPositive, double allNegative) = steps[^1];
        return [.. steps.Select(step => (step.Negative / allNegative, step.Positive / allPositive))];
    }

    private static (double, double)[] PrecisionRecall(BinaryMetrics rows)
    {
        List<(double Positive, double Negative)> steps = Steps(rows);
        double all = steps[^1].Positive;
        return [.. steps.Skip(1).Select(step => (step.Positive / all, step.Positive / (step.Positive + step.Negative)))];
    }

    // The weights of positive and negative rows at and above each score, thinned where there are many.
    private static List<(double Positive, double Negative)> Steps(BinaryMetrics rows)
    {
        var steps = new List<(double Positive, double Negative)> { (0, 0) };
        (double positive, double negative) = (0, 0);
        int every = Math.Max(1, rows.Rows / MostSteps);
        for (int i = 0; i < rows.Rows; i++)
        {
            ScoredBoolean row = rows.Sorted[i];
            positive += row.Label ? row.Weight : 0;
            negative += row.Label ? 0 : row.Weight;
            bool isEnd = i + 1 == rows.Rows;
            if (isEnd || (rows.Sorted[i + 1].Score < row.Score && i % every == 0))
            {
                steps.Add((positive, negative));
            }
        }

        return steps;
    }

    private static (double, double)[] Predictions(IReadOnlyList<ScoredNumber> rows)
    {
        int every = Math.Max(1, (rows.Count + MostDots - 1) / MostDots);
        return [.. rows.Where((_, i) => i % every == 0).Select(row => (row.Score, row.Label))];
    }

    // Columns of equal width over the middle 98 %; the outermost ones hold what is beyond.
    private static (double, double)[] Errors(double[] sorted)
    {
        if (sorted.Length < 2)
        {
            return [];
        }

        double low = sorted[(int)(0.01 * (sorted.Length - 1))], high = sorted[(int)(0.99 * (sorted.Length - 1))];
        if (!(high > low))
        {
            return [];
        }

        double width = (high - low) / Columns;
        int[] counts = new int[Columns];
        foreach (double error in sorted)
        {
            counts[Math.Clamp((int)((error - low) / width), 0, Columns - 1)]++;
        }

        return [.. counts.Select((count, i) => (low + ((i + 0.5) * width), (double)count))];
    }
}
