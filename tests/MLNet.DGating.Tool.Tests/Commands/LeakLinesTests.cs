using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

public sealed class LeakLinesTests : IDisposable
{
    private const string Question = "alone: is it known only after the outcome?";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RowsThatAreSortedByTheLabel_DoNotMakeLeaksOfColumnsWithFewValues()
    {
        // Column a is 0 but in three rows, b has five values by chance, c never changes its place beside the label.
        string error = Inspect([.. Enumerable.Range(0, 120).Select(row =>
            $"{row / 60},{(row is 7 or 70 or 90 ? 1.5 : 0)},{row * 7 % 5}.25,{row / 60 * 3 + row % 3}.5")]).Error;
        Assert.Contains($"'c' says 'y' {Question}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'a' says", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'b' says", error, StringComparison.Ordinal);
    }

    [Fact]
    public void OfManyLeaks_TenAreNamed()
    {
        string[] lines = ["y," + string.Join(',', Enumerable.Range(0, 25).Select(column => $"x{column}")),
            .. Enumerable.Range(0, 120).Select(row => $"{row / 60},"
                + string.Join(',', Enumerable.Range(0, 25).Select(column => $"{row / 60 * 100 + row * (column + 3) % 50}.5")))];
        string error = Inspect(lines, header: null).Error;
        Assert.Equal(10, error.Split(Question).Length - 1);
        Assert.Contains("15 further columns also tell the label nearly alone.", error, StringComparison.Ordinal);
    }

    private ToolRun Inspect(string[] rows, string? header = "y,a,b,c")
    {
        File.WriteAllLines(_folder["t.csv"], header is null ? rows : [header, .. rows]);
        return ToolRun.Of("inspect", _folder["t.csv"], "--label", "y").Succeeded();
    }
}
