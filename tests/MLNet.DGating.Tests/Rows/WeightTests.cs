using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>A row of weight w counts as w rows.</summary>
public class WeightTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Fit_WithWeights_EqualsRepeatedRows(string task)
    {
        // Full batches: each step sees every row, so the order of rows matters to rounding only. Float32 sums over other groupings
        // differ in the last bits, and some hundred steps carry that to the fourth digit.
        DataRow[] rows = Planted.Linear(60, 4, 2, seed: 1), weighted = [.. rows.Select(row => row.With(row.Values))];
        DataRow[] repeated = [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, 1 + i % 3))];
        for (int i = 0; i < rows.Length; i++)
        {
            weighted[i].Weight = 1 + i % 3;
        }

        // A penalty, since of a given count of classes some rows are held out, and these are others.
        Fitted byWeight = Fit(task, weighted, "Weight", lambda: 0.1), byRepetition = Fit(task, repeated, lambda: 0.1);
        Assert.Equal(byRepetition.Selected, byWeight.Selected);
        AssertClose(byRepetition.Scores(_context, rows), byWeight.Scores(_context, rows), 1e-3);
        // And weights do matter: without them the model is another.
        float[] without = Fit(task, rows, lambda: 0.1).Scores(_context, rows);
        Assert.InRange(Distance(byRepetition.Scores(_context, rows), without), 1e-2, double.MaxValue);
    }

    [Theory, AllTasks]
    public void Fit_WithWeightsAllAlike_EqualsNoWeights(string task)
    {
        DataRow[] rows = Planted.Linear(60, 4, 2, seed: 1), weighted = [.. rows.Select(row => row.With(row.Values))];
        Array.ForEach(weighted, row => row.Weight = 4);
        AssertClose(Fit(task, rows).Scores(_context, rows), Fit(task, weighted, "Weight").Scores(_context, rows), 1e-3);
    }

    [Theory, AllTasks]
    public void Fit_WithRowsOfWeightZero_GivesTheSameBitsAsWithoutThem(string task)
    {
        DataRow[] rows = Planted.Linear(60, 4, 2, seed: 1);
        DataRow[] weightless = [.. rows[..10].Select(row => row.With([100, -100, 50, 7]))];
        Array.ForEach(weightless, row => row.Weight = 0);
        var log = new MessageLog(_context);
        Fitted without = Fit(task, rows, "Weight"), with = Fit(task, [.. rows[..30], .. weightless, .. rows[30..]], "Weight");
        Assert.Equal(without.Bits(_context, rows), with.Bits(_context, rows));
        Assert.Empty(log.Warnings);
    }

    private Fitted Fit(string task, DataRow[] rows, string? weight = null, double? lambda = null)
    {
        int? count = lambda is null ? 2 : null;
        return TrainingTask.Get(task).Fit(_context, rows, count, options =>
            (options.ExampleWeightColumnName, options.BatchSize, options.Lambda) = (weight, 1000, lambda));
    }

    private static double Distance(float[] expected, float[] actual) => expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max();

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(Distance(expected, actual), 0, tolerance);
    }
}
