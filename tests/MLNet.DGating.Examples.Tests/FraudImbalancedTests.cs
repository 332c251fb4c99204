using System.Globalization;

namespace MLNet.DGating.Examples.Tests;

/// <summary>What weights do to a rare class, and that the example says what its data is.</summary>
public sealed class FraudImbalancedTests(FraudImbalancedTests.Run run) : IClassFixture<FraudImbalancedTests.Run>
{
    // Columns of the table, right of the name.
    private const int Auc = 0, PrecisionRecall = 1, AlertsAtHalf = 2, RecallAtHalf = 3, AlertsOfBudget = 5, RecallOfBudget = 6;

    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void TheData_IsNotPassedOffAsFraud() => Assert.Contains(
        run.Lines, line => line.StartsWith("The repository ships no fraud data.", StringComparison.Ordinal));

    [Theory]
    [InlineData("no weights")]
    [InlineData("rare rows weigh 7")]
    public void EveryModel_RanksFarBetterThanChance(string weighting)
    {
        double[] cells = Cells(weighting);
        Assert.InRange(cells[Auc], 0.85, 0.95);
        Assert.InRange(cells[PrecisionRecall], 0.15, 0.5); // chance: 0.02
    }

    [Theory]
    [InlineData("no weights")]
    [InlineData("rare rows weigh 7")]
    public void AThresholdForFivePercentOfTheRows_FindsManyTimesMoreOfTheRareClass(string weighting)
    {
        double[] cells = Cells(weighting);
        Assert.InRange(cells[AlertsOfBudget], 4, 6.5);
        Assert.InRange(cells[RecallOfBudget], 30, 70);
    }

    [Fact]
    public void Weights_MoveTheThresholdOfOneHalf()
    {
        Assert.True(Cells("rare rows weigh 50")[AlertsAtHalf] > 2 * Cells("no weights")[AlertsAtHalf]);
        Assert.True(Cells("rare rows weigh 50")[RecallAtHalf] > Cells("no weights")[RecallAtHalf]);
    }

    private double[] Cells(string weighting)
    {
        string row = run.Lines.First(line => line.StartsWith($"  {weighting}  ", StringComparison.Ordinal))[(weighting.Length + 2)..];
        string[] cells = row.Split([' ', '%'], StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(cells, cell => double.Parse(cell, CultureInfo.InvariantCulture));
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("FraudImbalanced");
}
