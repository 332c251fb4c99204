using System.Text.RegularExpressions;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Progress;
using Spectre.Console;

namespace MLNet.DGating.Tool.Tests.Output;

/// <summary>The bar is one line, however narrow the terminal and however long what it tells.</summary>
public sealed partial class LiveProgressTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(20, false, false)]
    [InlineData(40, false, false)]
    [InlineData(60, false, false)]
    [InlineData(80, false, false)]
    [InlineData(100, true, false)]
    [InlineData(140, true, false)]
    [InlineData(160, true, true)]
    [InlineData(200, true, true)]
    public void TheBar_IsOneLineOfTheTerminal_WithTheTimeThatIsLeft_AndMoreWhereThereIsRoom(int width, bool hasPhase, bool hasNumbers)
    {
        using var screen = new Screen();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(screen),
        });
        console.Profile.Width = width;
        LiveProgress.Run(console, show =>
        {
            // The bar is drawn by a timer, and again only after some progress.
            for (int i = 0; i < 1000 && !screen.HasShownProgress.Wait(s_patience / 1000); i++)
            {
                show(Longest(0.9 + i / 20_000.0));
            }

            return 0;
        });
        // A line that was broken would be one without a percentage.
        string[] lines = [.. screen.Lines.Where(line => line.Length > 0)];
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains("%", line, StringComparison.Ordinal));
        string last = lines[^1];
        Assert.Equal(width >= 40, last.Contains("27 h 46 min left", StringComparison.Ordinal));
        Assert.Equal(hasPhase, last.Contains("Judging counts of features on held-out rows", StringComparison.Ordinal));
        Assert.Equal(hasNumbers, last.Contains("λ 0.000123, 123456 features, loss 0.000123", StringComparison.Ordinal));
    }

    private static TrainingMoment Longest(double fraction) => new(null, fraction, TimeSpan.FromSeconds(99_999), new DGatingProgress
    {
        Phase = DGatingPhase.Choosing, Iteration = 1, Fraction = fraction, Lambda = 0.000123, FeatureCount = 123_456,
        TrainingLoss = 0.000123,
    });

    /// <summary>A terminal that tells when it shows more than nine tenths.</summary>
    private sealed partial class Screen : StringWriter
    {
        public ManualResetEventSlim HasShownProgress { get; } = new();

        /// <summary>The lines that were drawn, without colours and movements.</summary>
        public IEnumerable<string> Lines => Control().Replace(ToString(), "").Split('\n', '\r').Select(line => line.TrimEnd());

        public override void Write(string? value)
        {
            base.Write(value);
            if (Late().IsMatch(ToString()))
            {
                HasShownProgress.Set();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                HasShownProgress.Dispose();
            }

            base.Dispose(disposing);
        }

        [GeneratedRegex("9[0-9](\u001b\\[[0-9;]*m)*%")]
        private static partial Regex Late();

        [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
        private static partial Regex Control();
    }
}
