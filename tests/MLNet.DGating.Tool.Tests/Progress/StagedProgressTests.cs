using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Progress;

namespace MLNet.DGating.Tool.Tests.Progress;

public sealed class StagedProgressTests
{
    [Fact]
    public void SeveralTrainings_AreOneProgress_ThatNeverFalls()
    {
        var seen = new List<TrainingMoment>();
        var progress = new StagedProgress(seen.Add);
        progress.Begin(null, 0, 0.5);
        progress.Report(At(0.5));
        progress.Report(At(1));
        // The refit is a fit of its own, whose fraction begins at 0 again.
        progress.Report(At(0.1));
        progress.Begin("Fold 1 of 1", 0.5, 1);
        progress.Report(At(0.5));
        progress.Report(At(1));
        Assert.Equal([0.25, 0.5, 0.5, 0.75, 1], seen.Select(moment => moment.Fraction));
        Assert.Equal("Testing: Fold 1 of 1", PhaseWords.Of(seen[^1]));
        Assert.All(seen, moment => Assert.NotNull(moment.TimeLeft));
    }

    [Theory]
    [InlineData(0.4, "1 s")]
    [InlineData(99, "99 s")]
    [InlineData(170, "3 min")]
    [InlineData(4800, "80 min")]
    [InlineData(6000, "1 h 40 min")]
    public void Times_AreShort(double seconds, string expected) => Assert.Equal(expected, TimeText.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void LinesWithoutATerminal_AreFew()
    {
        using var writer = new StringWriter();
        var lines = new PhaseLines(writer, TimeProvider.System);
        for (int i = 0; i <= 1000; i++)
        {
            lines.Show(new TrainingMoment(null, i / 1000.0, TimeSpan.FromSeconds(5), At(i / 1000.0)));
        }

        Assert.Equal("  0 %  Training on all features, about 5 s left", Assert.Single(writer.ToString().TrimEnd().Split('\n')).TrimEnd());
    }

    private static DGatingProgress At(double fraction) => new() { Phase = DGatingPhase.Dense, Iteration = 1, Fraction = fraction };
}
