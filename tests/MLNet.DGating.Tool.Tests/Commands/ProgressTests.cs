using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

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
        ToolRun run = ToolRun.Of(error, ["select", Examples.Fares(_folder, rows: 200), "--label", "fare_amount"], isInteractive, CancellationToken.None).Succeeded();
        Assert.Contains(isInteractive ? "λ" : PhaseWords.Of(DGatingPhase.Path), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(PhaseWords.Of(DGatingPhase.Path), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressBar_FollowsTheFeaturesThatLeave()
    {
        using var writer = new StringWriter();
        Spectre.Console.IAnsiConsole console = Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(writer) });
        int features = LiveProgress.Run(console, progress =>
        {
            progress.Report(new DGatingProgress(DGatingPhase.Dense, 1, 0, 10, 0.7));
            for (int left = 10; left > 0; left--)
            {
                progress.Report(new DGatingProgress(DGatingPhase.Path, 11 - left, 0.01, left, 0.5));
            }

            return 1;
        });
        Assert.Equal(1, features);
        Assert.Contains("λ 0.01, 1 features, loss 0.5", writer.ToString(), StringComparison.Ordinal);
    }
}
