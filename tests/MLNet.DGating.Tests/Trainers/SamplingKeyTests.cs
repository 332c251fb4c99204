using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Rows that belong together, such as the visits of one patient.</summary>
public class SamplingKeyTests
{
    private const int Customers = 60, RowsOfCustomer = 12;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void WhatOnlyTellsTheCustomers_IsNotSelected_OnceTheyStayTogether()
    {
        DataRow[] rows = Rows(1);
        Assert.Contains(Fit(rows, null).Selected, slot => slot > 0);
        Assert.DoesNotContain(Fit(rows, nameof(DataRow.Weight)).Selected, slot => slot > 0);
    }

    [Fact]
    public void TheModel_IsBetterForNewCustomers()
    {
        DataRow[] rows = Rows(1), unseen = Rows(2);
        double without = Accuracy(Fit(rows, null)), with = Accuracy(Fit(rows, nameof(DataRow.Weight)));
        Assert.InRange(with, without + 0.02, 1);

        double Accuracy(Fitted fitted) => _context.BinaryClassification
            .Evaluate(fitted.Transformer.Transform(DataRow.View(_context, unseen)), nameof(DataRow.Flag)).Accuracy;
    }

    [Fact]
    public void EveryKindOfFit_TakesTheKey()
    {
        DataRow[] rows = Rows(1);
        var trainer = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, null, options =>
        {
            options.SamplingKeyColumnName = nameof(DataRow.Weight);
        });
        IDataView view = DataRow.View(_context, rows);
        Assert.Equal(6, trainer.FitPath(view).Ranking.Count);
        Assert.Contains($"{Customers} sampling keys", trainer.FitPathCrossValidated(view, folds: 3).Judging, StringComparison.Ordinal);
        Assert.NotNull(trainer.FitStability(view, pairs: 2));
    }

    [Fact]
    public void AKeyThatIsMissing_IsAnError()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Fit(Rows(1), "Customer"));
        Assert.StartsWith("Could not find sampling key column 'Customer'", error.Message, StringComparison.Ordinal);
    }

    // The first slot says something about the label; the other five are what tells a customer, whose label follows from nothing.
    private static DataRow[] Rows(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Customers).SelectMany(customer =>
        {
            bool label = random.Next(2) == 0;
            float[] traits = [.. Enumerable.Range(0, 5).Select(_ => random.NextSingle() * 4 - 2)];
            return Enumerable.Range(0, RowsOfCustomer).Select(_ => new DataRow
            {
                Features = new(6, [(label ? 1 : -1) * 0.5f + 2 * random.NextSingle() - 1, .. traits]),
                Flag = label,
                Weight = customer,
            });
        })];
    }

    private Fitted Fit(DataRow[] rows, string? key) => TrainingTask.Get("binary").Fit(_context, rows, null, options =>
    {
        options.SamplingKeyColumnName = key;
        options.HiddenLayers = [32];
        options.NumberOfDenseIterations = 20;
    });
}
