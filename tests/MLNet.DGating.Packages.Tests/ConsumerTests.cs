using System.Globalization;

namespace MLNet.DGating.Packages.Tests;

/// <summary>What somebody who has the packages, and not the sources, can do with them.</summary>
public sealed class ConsumerTests(Consumers consumers) : IClassFixture<Consumers>
{
    [Fact]
    public void Everything_IsBuiltFromThePackagesOfThisBuild()
    {
        foreach (string id in new[] { "mlnet.dgating", "mlnet.dgating.scoring", "mlnet.dgating.torch", "mlnet.dgating.plots" })
        {
            string assembly = Directory.EnumerateFiles(consumers.PathOf("cache", id, BuildFacts.Version), "*.dll", SearchOption.AllDirectories).Single();
            using PackedPackage package = PackedPackage.Open(Path.GetFileNameWithoutExtension(assembly));
            Assert.Equal(package.Bytes($"lib/net10.0/{Path.GetFileName(assembly)}"), File.ReadAllBytes(assembly));
        }
    }

    [Fact]
    public void AModelThatWasTrained_IsAppliedWithTheScoringPackageAlone()
    {
        Assert.Contains("10 of 77 features selected", consumers.RunReadme("MLNet.DGating"), StringComparison.Ordinal);

        string[] scores = consumers.RunReadme("MLNet.DGating.Scoring").TrimEnd().Split('\n');
        Assert.Equal(3, scores.Length);
        // The first mice of the file are of the first group.
        Assert.All(scores, score => Assert.StartsWith("group 0 with probability 0.", score.Replace(" 1.", " 0.", StringComparison.Ordinal), StringComparison.Ordinal));

        IEnumerable<string> files = Directory.EnumerateFiles(consumers.PathOf("readmes", "MLNet.DGating.Scoring", "bin"), "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Plots_DrawAPictureAndAReport()
    {
        consumers.RunReadme("MLNet.DGating.Plots");
        Assert.InRange(new FileInfo(consumers.PathOf("importance.png")).Length, 5_000, 5_000_000);
        Assert.Contains("Ten proteins", File.ReadAllText(consumers.PathOf("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void DeployWithoutTorch_ScoresFromOneTrimmedFile_AsItDoesFromItsAssemblies()
    {
        string Output(string project, string name) => consumers.PathOf("examples", "DeployWithoutTorch", project, "bin", "Release", "net10.0", name);
        Assert.Contains("3 of 5 features selected", consumers.Run("dotnet", Output("Train", "Train.dll"), "rides.csv", "fare.zip"), StringComparison.Ordinal);
        string expected = consumers.Run("dotnet", Output("Score", "score.dll"), "fare.zip", "rides.csv");
        Assert.InRange(MeanError(expected), 0.1, 2);

        consumers.Run("dotnet", "publish", consumers.PathOf("examples", "DeployWithoutTorch", "Score"), "-c", "Release", "-o", "deploy", "-v", "q", "-nologo");
        string program = Assert.Single(Directory.GetFiles(consumers.PathOf("deploy")));
        Assert.InRange(new FileInfo(program).Length, 10_000_000, 60_000_000);
        Assert.Equal(expected, consumers.Run(program, "fare.zip", "rides.csv"));
    }

    // Of the fares, in dollars: the file's last column.
    private double MeanError(string scores)
    {
        double[] fares = [.. File.ReadLines(consumers.PathOf("rides.csv")).Skip(1).Select(line => double.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture))];
        double[] predicted = [.. scores.TrimEnd().Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(fares.Length, predicted.Length);
        return fares.Zip(predicted, (fare, score) => Math.Abs(fare - score)).Average();
    }
}
