using System.Globalization;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The example on the data it ships with: fewer than half of the slots, and as good.</summary>
public sealed class SelectThenLightGbmTests(SelectThenLightGbmTests.Run run) : IClassFixture<SelectThenLightGbmTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("FastTree")]
    [InlineData("LightGBM")]
    public void WithAThirdOfTheSlots_AccuracyIsWithinAHundredth(string trainer)
    {
        (double all, int allSlots) = Row($"{trainer}, all slots");
        (double selected, int slots) = Row($"{trainer}, selected slots");
        Assert.InRange(all, 0.86, 0.89);
        Assert.InRange(selected, all - 0.01, 0.89);
        Assert.Equal(30, slots);
        Assert.Equal(108, allSlots);
    }

    private (double Accuracy, int Slots) Row(string name)
    {
        string row = run.Lines.Single(line => line.StartsWith($"  {name} ", StringComparison.Ordinal));
        string[] cells = row[(name.Length + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture));
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("SelectThenLightGbm");
}
