using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The README's first command, as a process started from another folder.</summary>
public sealed class QuickStartTests(QuickStartTests.Run run) : IClassFixture<QuickStartTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("adult.csv", "D-Gating", 0.84, 0.87)]
    [InlineData("adult.csv", "D-Gating, 8 features", 0.84, 0.87)]
    [InlineData("adult.csv", "same network, all features", 0.84, 0.87)]
    [InlineData("adult.csv", "FastTree", 0.85, 0.89)]
    [InlineData("mice.csv", "D-Gating", 0.97, 1)]
    [InlineData("mice.csv", "D-Gating, 10 features", 0.90, 1)]
    [InlineData("mice.csv", "same network, all features", 0.98, 1)]
    [InlineData("taxi-fare.csv", "D-Gating", 0.94, 0.98)]
    [InlineData("taxi-fare.csv", "same network, all features", 0.95, 0.98)]
    public void Quality_IsWhatTheDataAllows(string data, string model, double least, double most) =>
        Assert.InRange(double.Parse(Cells(data, model)[0], CultureInfo.InvariantCulture), least, most);

    [Theory]
    [InlineData("adult.csv", "D-Gating, 8 features", 8, 14)]
    [InlineData("mice.csv", "D-Gating, 10 features", 10, 77)]
    [InlineData("mice.csv", "same network, all features", 77, 77)]
    [InlineData("taxi-fare.csv", "same network, all features", 6, 6)]
    public void ColumnsKept_AreAsManyAsAskedFor(string data, string model, int kept, int all) =>
        Assert.Equal([$"{kept}", "of", $"{all}"], Cells(data, model)[2..5]);

    [Theory]
    [InlineData("mice.csv", 77)]
    [InlineData("taxi-fare.csv", 6)]
    public void ColumnsKept_LeftOpen_AreFewerThanAll(string data, int all) =>
        Assert.InRange(int.Parse(Cells(data, "D-Gating")[2], CultureInfo.InvariantCulture), 1, all - 1);

    [Fact]
    public void ACategory_StaysAsAWhole() => Assert.Contains(run.Lines, line => Regex.IsMatch(line, @"^  Relationship +6 +\d"));

    [Fact]
    public void TheSavedModel_Predicts()
    {
        string line = Assert.Single(run.Lines, line => line.StartsWith("Saved (", StringComparison.Ordinal));
        Match match = Regex.Match(line, @", earns more than 50,000 with probability (0\.\d+) \(answer: (True|False)\)\.$");
        Assert.Equal(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > 0.5, bool.Parse(match.Groups[2].Value));
    }

    // The numbers and words right of a model's name, in the table of one data set.
    private string[] Cells(string data, string model)
    {
        IEnumerable<string> table = run.Lines.SkipWhile(line => !line.Contains($"({data})", StringComparison.Ordinal));
        string row = table.First(line => line.StartsWith($"  {model}  ", StringComparison.Ordinal));
        return row[(model.Length + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("QuickStart");
}
