using System.Globalization;
using System.Xml.Linq;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The example on a few images and epochs, where Fashion-MNIST is installed; else it says how to get it.</summary>
public sealed class VisionTests(VisionTests.Run run) : IClassFixture<VisionTests.Run>
{
    [Fact]
    public void Run_Succeeds()
    {
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void EveryMethod_HasARowAndALineInThePicture_OrTheReasonIsGiven()
    {
        if (!Directory.Exists(Folder))
        {
            Assert.StartsWith($"Skipped: {Folder} has no Fashion-MNIST.", run.Lines[0], StringComparison.Ordinal);
            return;
        }

        foreach (string method in new[] { "dense", "gates, D = 2", "gates, D = 3", "gates, D = 4", "L2,1 directly", "slimming" })
        {
            string[] cells = Row(method).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.InRange(double.Parse(cells[1], CultureInfo.InvariantCulture), 5, 100); // After λ comes the accuracy, in percent.
        }

        string svg = File.ReadAllText(Picture);
        Assert.Contains("L2,1, then pruned", svg, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
    }

    private static string Folder => "/usr/share/datasets/fashion-mnist";

    private static string Picture => Path.Combine(Path.GetTempPath(), $"vision-{Environment.ProcessId}.svg");

    private string Row(string method) =>
        run.Lines.First(line => line.StartsWith($"  {method}  ", StringComparison.Ordinal))[(method.Length + 2)..];

    /// <summary>One run for all tests.</summary>
    public sealed class Run() : ExampleRun("Vision", "test", "conv", Folder, Picture), IDisposable
    {
        public void Dispose() => File.Delete(Picture);
    }
}
