using System.Globalization;

namespace MLNet.DGating.Examples.Tests;

/// <summary>What is known beforehand is heeded, and costs no more than it must. On a part of the rows.</summary>
public sealed class RegressionTests(RegressionTests.Run run) : IClassFixture<RegressionTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("as few as will do")]
    [InlineData("two, seconds and miles as one")]
    [InlineData("all features")]
    [InlineData("FastTree")]
    public void Quality_IsWhatTheDataAllows(string model) =>
        Assert.InRange(RSquared(model), 0.83, 0.98); // a thousand test rows, a few long trips among them

    [Fact]
    public void TwoFeatures_AreTwo() => Assert.Equal(2, Features("two features").Length);

    [Fact]
    public void TheVendor_IsAlwaysKept() => Assert.Contains("Vendor", Features("two, the vendor always kept"));

    [Fact]
    public void SecondsAndMiles_CountAsOne()
    {
        string[] features = Features("two, seconds and miles as one");
        Assert.Equal(2, features.Length);
        Assert.Contains("Seconds (+1)", features);
        Assert.True(RSquared("two, seconds and miles as one") > RSquared("two features"));
    }

    [Fact]
    public void TheBudget_IsNotExceeded()
    {
        var prices = new Dictionary<string, int>
        {
            ["Seconds (+1)"] = 3, ["RateCode"] = 2, ["Payment"] = 4, ["Passengers"] = 1, ["Vendor"] = 1,
        };
        Assert.InRange(Features("seconds and miles, a budget of 4").Sum(feature => prices[feature]), 1, 4);
    }

    private double RSquared(string model) =>
        double.Parse(Row(model).Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    private string[] Features(string model)
    {
        string row = Row(model);
        return row[(row.IndexOf(" s   ", StringComparison.Ordinal) + 5)..].Split(", ");
    }

    private string Row(string model) =>
        run.Lines.Single(line => line.StartsWith($"  {model}  ", StringComparison.Ordinal))[(model.Length + 2)..];

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("Regression", "5000");
}
