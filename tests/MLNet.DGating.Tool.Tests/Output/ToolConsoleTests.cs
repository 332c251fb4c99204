using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Progress;

namespace MLNet.DGating.Tool.Tests.Output;

public sealed class ToolConsoleTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly StringWriter _output = new();
    private readonly Screen _screen = new();

    public void Dispose()
    {
        _output.Dispose();
        _screen.Dispose();
    }

    [Fact]
    public void Training_OnATerminal_ShowsLambdaFeaturesAndLoss_OnTheErrorStream()
    {
        int result = Console(isInteractive: true, isJson: false).Training(progress =>
        {
            // The bar is drawn by a timer, and again only after some progress.
            for (int features = 100; features >= 0 && !_screen.HasShown.Wait(s_patience / 100); features--)
            {
                progress.Report(At(DGatingPhase.Path, 1, 0.25, features));
            }

            return 7;
        });
        Assert.Equal(7, result);
        Assert.Matches(PhaseWords.Of(DGatingPhase.Path) + @"; λ 0\.25, \d+ features, loss 0\.5", _screen.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Training_InAFile_WritesALineForEachPhase_OnTheErrorStream()
    {
        Console(isInteractive: false, isJson: false).Training(Follow);
        string[] expected = [$"  0 %  {PhaseWords.Of(DGatingPhase.Dense)}", $" 50 %  {PhaseWords.Of(DGatingPhase.Path)}, about 1 s left"];
        Assert.Equal(expected, _screen.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_WithJson_WritesNothing(bool isInteractive)
    {
        Console(isInteractive, isJson: true).Training(Follow);
        Assert.Empty(_screen.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData(false, "a line\n")]
    [InlineData(true, "{\n  \"value\": null\n}\n")]
    public void TheResult_IsLinesOrOneObject(bool isJson, string expected)
    {
        ToolConsole console = Console(isInteractive: false, isJson);
        console.Say("a line");
        console.Result(new { Value = double.NaN });
        Assert.Equal(expected, _output.ToString().ReplaceLineEndings("\n"));
    }

    private static int Follow(StagedProgress progress)
    {
        progress.Report(At(DGatingPhase.Dense, 1, 0, 2));
        progress.Report(At(DGatingPhase.Path, 1, 0.25, 2) with { Fraction = 0.5 });
        progress.Report(At(DGatingPhase.Path, 2, 0.5, 1) with { Fraction = 0.75 });
        return 0;
    }

    private static DGatingProgress At(DGatingPhase phase, int iteration, double lambda, int features) =>
        new() { Phase = phase, Iteration = iteration, Lambda = lambda, FeatureCount = features, TrainingLoss = 0.5 };

    private ToolConsole Console(bool isInteractive, bool isJson) =>
        new(new ToolContext(_output, _screen, isInteractive, CancellationToken.None), isJson);

    /// <summary>An error stream that tells when λ was written to it.</summary>
    private sealed class Screen : StringWriter
    {
        public ManualResetEventSlim HasShown { get; } = new();

        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains('λ', StringComparison.Ordinal) == true)
            {
                HasShown.Set();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                HasShown.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
