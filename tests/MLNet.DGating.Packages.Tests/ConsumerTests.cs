using System.Globalization;

namespace MLNet.DGating.Packages.Tests;

/// <summary>Tests what somebody who has the packages, and not the sources, can do with them.</summary>
public sealed class ConsumerTests(Consumers consumers) : IClassFixture<Consumers>
{
    [Fact]
    public void Everything_IsBuiltFromThePackagesOfThisBuild()
    {
        string[] ids =
        [
            "mlnet.dgating", "mlnet.dgating.model", "mlnet.dgating.scoring", "mlnet.dgating.torch", "mlnet.dgating.plots",
            "mlnet.dgating.modules", "mlnet.dgating.distributed",
        ];
        foreach (string id in ids)
        {
            string folder = consumers.PathOf("cache", id, BuildFacts.Version);
            string assembly = Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Single();
            using var package = PackedPackage.Open(Path.GetFileNameWithoutExtension(assembly));
            Assert.Equal(package.Bytes($"lib/net10.0/{Path.GetFileName(assembly)}"), File.ReadAllBytes(assembly));
        }
    }

    [Fact]
    public void AModelThatWasTrained_IsAppliedWithTheScoringPackageAlone()
    {
        Assert.Contains("10 of 77 features selected", consumers.RunReadme("MLNet.DGating"), StringComparison.Ordinal);

        string[] scores = consumers.RunReadme("MLNet.DGating.Scoring").TrimEnd().Split('\n');
        Assert.Equal(3, scores.Length);
        Assert.All(scores, score => Assert.Matches(@"^group \d with probability [01][.]\d{3}$", score));
        // The first mice of the file are of the first group; ten proteins do not tell that of every measurement.
        Assert.InRange(scores.Count(score => score.StartsWith("group 0", StringComparison.Ordinal)), 2, 3);

        string output = consumers.PathOf("readmes", "MLNet.DGating.Scoring", "bin");
        IEnumerable<string> files = Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories);
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
    public void AProgramForACluster_AlsoRunsAlone() => Assert.Contains(
        "Each of 10 runs on half of the rows selects ", consumers.RunReadme("MLNet.DGating.Distributed"), StringComparison.Ordinal);

    [Fact]
    public void AFewTrees_TellAFare() => Assert.Matches(
        @"^\d+ of 500 trees selected\.", consumers.RunReadme("MLNet.DGating.Trees"));

    [Fact]
    public void AModuleOfOnesOwn_IsGatedAndCompacted()
    {
        string[] lines = consumers.RunReadme("MLNet.DGating.Modules").TrimEnd().Split('\n');
        string[] last = lines[^1].Split(' ', 2);
        Assert.Equal("parameters are left.", last[1]);
        Assert.InRange(int.Parse(last[0], CultureInfo.InvariantCulture), 20, 1_500); // of 5,569
        Assert.Equal(2, lines.Count(line => line.Contains(" of   64 groups", StringComparison.Ordinal)));
    }

    [Fact]
    public void DeployWithoutTorch_ScoresFromOneTrimmedFile_AsItDoesFromItsAssemblies()
    {
        string trained = consumers.Run("dotnet", Output("Train", "Train.dll"), "rides.csv", "fare.zip");
        Assert.Contains("3 of 5 features selected", trained, StringComparison.Ordinal);
        string expected = consumers.Run("dotnet", Output("Score", "score.dll"), "fare.zip", "rides.csv");
        Assert.InRange(MeanError(expected), 0.1, 2);

        string project = consumers.PathOf("examples", "DeployWithoutTorch", "Score");
        consumers.Run("dotnet", "publish", project, "-c", "Release", "-o", "deploy", "-v", "q", "-nologo");
        string program = Assert.Single(Directory.GetFiles(consumers.PathOf("deploy")));
        Assert.InRange(new FileInfo(program).Length, 10_000_000, 60_000_000);
        Assert.Equal(expected, consumers.Run(program, "fare.zip", "rides.csv"));

        string Output(string project, string name) =>
            consumers.PathOf("examples", "DeployWithoutTorch", project, "bin", "Release", "net10.0", name);
    }

    // Of the fares, in dollars: the file's last column.
    private double MeanError(string scores)
    {
        IEnumerable<string> rides = File.ReadLines(consumers.PathOf("rides.csv")).Skip(1);
        double[] fares = [.. rides.Select(line => Number(line[(line.LastIndexOf(',') + 1)..]))];
        double[] predicted = [.. scores.TrimEnd().Split('\n').Select(Number)];
        Assert.Equal(fares.Length, predicted.Length);
        return fares.Zip(predicted, (fare, score) => Math.Abs(fare - score)).Average();

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
