using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Output;

public sealed class ProgressTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Progress_GoesToTheErrorStream_WatchedOrNot(bool isInteractive)
    {
        using var error = new StringWriter();
        string[] arguments = ["select", Examples.Fares(_folder, rows: 200), "--label", "fare_amount"];
        ToolRun run = ToolRun.Of(error, arguments, isInteractive, CancellationToken.None).Succeeded();
        Assert.Contains(isInteractive ? "λ" : PhaseWords.Of(DGatingPhase.Path), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(PhaseWords.Of(DGatingPhase.Path), run.Output, StringComparison.Ordinal);
    }
}
