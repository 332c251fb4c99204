using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The tables on the console, and the files in the folder that was named.</summary>
public sealed class PathAndReportTests(PathAndReportTests.Run run) : IClassFixture<PathAndReportTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void MiceThatWereNeverSeen_AreFarHarderThanOtherMeasurementsOfTheSame()
    {
        double[] best = [.. run.Lines.Where(line => Regex.IsMatch(line, @"^ +\d+ .*\d  best( and sparsest)?$")).Select(Accuracy)];
        Assert.Equal(2, best.Length);
        Assert.InRange(best[0], 0.97, 1);
        Assert.InRange(best[1], 0.4, 0.85);
    }

    [Fact]
    public void Stability_FindsFeatures()
    {
        int stable = run.Lines.Count(line => Regex.IsMatch(line, @"^  f\d+ +(0\.[89]\d|1\.00)  stable$"));
        Assert.InRange(stable, 3, 20);
        Assert.Contains($"{stable} features reach the threshold of 0.75.", run.Lines);
    }

    [Theory]
    [InlineData("counts.svg")]
    [InlineData("path.svg")]
    [InlineData("stability.svg")]
    public void Pictures_AreSvg(string file) => Assert.Equal("svg", XDocument.Load(Run.PathOf(file)).Root!.Name.LocalName);

    [Fact]
    public void TheReport_HasAllParts()
    {
        string page = File.ReadAllText(Run.PathOf("report.html"));
        string[] headings =
        [
            "The features", "Why this count, and what others would cost", "The path", "How sure the selection is",
            "What was dropped, and why",
        ];
        Assert.Equal(headings, Regex.Matches(page, "<h2[^>]*>([^<]*)</h2>").Select(match => match.Groups[1].Value));
    }

    // The fourth column, after the count, λ and the loss with its error.
    private static double Accuracy(string row) =>
        double.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5], CultureInfo.InvariantCulture);

    /// <summary>One run for all tests.</summary>
    public sealed class Run : ExampleRun, IDisposable
    {
        private static readonly string s_folder = Path.Combine(Path.GetTempPath(), $"path-and-report-{Environment.ProcessId}");

        public Run() : base("PathAndReport", s_folder)
        {
        }

        public static string PathOf(string file) => Path.Combine(s_folder, file);

        public void Dispose() => Directory.Delete(s_folder, recursive: true);
    }
}
