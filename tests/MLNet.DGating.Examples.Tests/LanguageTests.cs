using System.Globalization;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The example at its smallest size, on the text of the documentation.</summary>
public sealed class LanguageTests(LanguageTests.Run run) : IClassFixture<LanguageTests.Run>
{
    private const int All = 8;

    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void TheDirectPenalty_LeavesEveryHeadAboveZero() => Assert.Equal(All, Heads("L2,1 directly"));

    // At D = 2 the penalty pulls no harder at a small head than at a large one, and so short a training does not always take one to zero.
    [Theory, InlineData("gates, D = 3"), InlineData("gates, D = 4")]
    public void Gates_LeaveFewerHeads(string method) => Assert.InRange(Heads(method), 0, All - 1);

    [Fact]
    public void TheNetwork_WritesTheSameAfterItsDeadHeadsAreGone() =>
        Assert.DoesNotContain(run.Lines, line => line.Contains("after it", StringComparison.Ordinal));

    // "  gates, D = 3      0.03   2.9     5 of  8 …": behind λ and the loss.
    private int Heads(string method)
    {
        string row = run.Lines.Single(line => line.StartsWith($"  {method}  ", StringComparison.Ordinal))[(method.Length + 2)..];
        return int.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("Language", "test");
}
