using System.Globalization;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The project in the shape of Model Builder's trains its model and predicts with it.</summary>
public sealed class ModelBuilderTests(ModelBuilderTests.Run run) : IClassFixture<ModelBuilderTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void ThePrediction_IsNearTheFare() => Assert.InRange(Fare("Predicted Fare_amount: "), 15, 20);

    [Fact]
    public void TheColumnsThatWereDropped_AreNotAskedFor() => Assert.Contains("Columns that are read: 3", run.Lines);

    private double Fare(string beginning)
    {
        string line = run.Lines.Single(text => text.StartsWith(beginning, StringComparison.Ordinal));
        return double.Parse(line[beginning.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("ModelBuilder");
}
