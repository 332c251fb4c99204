using System.Buffers.Binary;
using System.Reflection;

namespace MLNet.DGating.Packages.Tests;

/// <summary>Tests what is in the packages, and what they ask for.</summary>
public sealed class PackageTests
{
    private const string Model = "MLNet.DGating.Model";
    private const string Scoring = "MLNet.DGating.Scoring";
    private const string Torch = "MLNet.DGating.Torch";
    private const string Trainers = "MLNet.DGating";
    private const string Plots = "MLNet.DGating.Plots";
    private const string Modules = "MLNet.DGating.Modules";
    private const string Distributed = "MLNet.DGating.Distributed";
    private const string Trees = "MLNet.DGating.Trees";

    public static TheoryData<string> Packages => [Model, Scoring, Torch, Trainers, Plots, Modules, Distributed, Trees];

    [Theory, MemberData(nameof(Packages))]
    public void Package_HoldsOneAssemblyAndNothingNative(string id)
    {
        using var package = PackedPackage.Open(id);
        string[] targets = id == Trainers ? [$"buildTransitive/{id}.targets"] : [];
        string[] files = [$"{id}.nuspec", "PACKAGE.md", .. targets, "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
        Assert.Equal(files, package.Files);
    }

    [Theory, MemberData(nameof(Packages))]
    public void Symbols_ArePackedBeside(string id)
    {
        using var symbols = PackedPackage.OpenSymbols(id);
        Assert.Contains($"lib/net10.0/{id}.pdb", symbols.Files);
    }

    [Theory, MemberData(nameof(Packages))]
    public void Package_DescribesItself(string id)
    {
        using var package = PackedPackage.Open(id);
        Assert.Equal(id, package.Metadata.Element("id")!.Value);
        Assert.Equal(BuildFacts.Version, package.Metadata.Element("version")!.Value);
        Assert.Equal("MIT", package.Metadata.Element("license")!.Value);
        Assert.Contains("feature-selection", package.Metadata.Element("tags")!.Value, StringComparison.Ordinal);
        Assert.Contains("D-Gating", package.Metadata.Element("description")!.Value, StringComparison.Ordinal);
        string readme = package.Text(package.Metadata.Element("readme")!.Value).ReplaceLineEndings("\n");
        Assert.StartsWith($"# {id}\n", readme, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Packages))]
    public void Icon_IsAPngOf128By128(string id)
    {
        using var package = PackedPackage.Open(id);
        byte[] icon = package.Bytes(package.Metadata.Element("icon")!.Value);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], icon[..4]);
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    [Theory, MemberData(nameof(Packages))]
    public void Dependencies_AreTheLayersBelow_InTheSameVersion(string id)
    {
        using var package = PackedPackage.Open(id);
        string[] below = id switch
        {
            Scoring or Torch => [Model],
            Trainers => [Scoring, Torch],
            Plots or Distributed or Trees => [Trainers],
            Modules => [Torch],
            _ => [],
        };
        IEnumerable<(string Id, string Version)> ours =
            package.Dependencies.Where(dependency => dependency.Id.StartsWith("MLNet", StringComparison.Ordinal));
        Assert.Equal(below.Select(layer => (layer, $"[{BuildFacts.Version}]")), ours);
    }

    [Theory, MemberData(nameof(Packages))]
    public void Dependencies_HaveNoBuildToolsAndNoNativeTorch(string id)
    {
        using var package = PackedPackage.Open(id);
        Assert.DoesNotContain(package.Dependencies, dependency =>
            dependency.Id is "Mono.Cecil" or "Microsoft.CodeAnalysis.PublicApiAnalyzers"
            || dependency.Id.StartsWith("libtorch", StringComparison.Ordinal)
            || dependency.Id.StartsWith("TorchSharp-", StringComparison.Ordinal));
    }

    [Theory, InlineData(Scoring), InlineData(Trainers)]
    public void MLNet_IsAskedForFrom501UpToTheNextMajorVersion(string id)
    {
        using var package = PackedPackage.Open(id);
        Assert.Contains(("Microsoft.ML", "[5.0.1, 6.0.0)"), package.Dependencies);
    }

    [Fact]
    public void Scoring_BringsNoTorchSharp()
    {
        using var package = PackedPackage.Open(Scoring);
        IEnumerable<string> dependencies = package.Dependencies.Select(dependency => dependency.Id).Order(StringComparer.Ordinal);
        Assert.Equal([Model, "Microsoft.ML", "Microsoft.ML.DataView", "System.Numerics.Tensors"], dependencies);
        AssertReferencesNone(package, Scoring, "Torch");
    }

    [Theory, InlineData(Torch), InlineData(Modules)]
    public void Torch_ReferencesNothingOfMLNet(string id)
    {
        using var package = PackedPackage.Open(id);
        Assert.DoesNotContain(package.Dependencies, dependency => dependency.Id.StartsWith("Microsoft.ML", StringComparison.Ordinal));
        AssertReferencesNone(package, id, "Microsoft.ML");
    }

    [Fact]
    public void Model_ReferencesNeitherMLNetNorTorchSharp()
    {
        using var package = PackedPackage.Open(Model);
        Assert.Equal(["System.Numerics.Tensors"], package.Dependencies.Select(dependency => dependency.Id));
        AssertReferencesNone(package, Model, "Microsoft.ML");
        AssertReferencesNone(package, Model, "Torch");
    }

    // They are compiled against copies with the internals opened (build/MLNet.Internals.targets).
    [Theory, InlineData(Scoring), InlineData(Trainers), InlineData(Trees)]
    public void References_AreToMicrosoftsAssemblies_NotToTheOpenedCopies(string id)
    {
        using var package = PackedPackage.Open(id);
        IReadOnlyList<string> references = package.AssemblyReferences($"lib/net10.0/{id}.dll");
        Assert.DoesNotContain(references, name => name.StartsWith("Mono.Cecil", StringComparison.Ordinal));
        string stock = Path.Combine(BuildFacts.NuGetPackageRoot, "microsoft.ml", "5.0.1", "lib", "netstandard2.0");
        foreach (string name in new[] { "Microsoft.ML.Core", "Microsoft.ML.Data" })
        {
            Assert.Contains(AssemblyName.GetAssemblyName(Path.Combine(stock, $"{name}.dll")).FullName, references);
        }
    }

    private static void AssertReferencesNone(PackedPackage package, string id, string part) =>
        Assert.DoesNotContain(
            package.AssemblyReferences($"lib/net10.0/{id}.dll"), name => name.Contains(part, StringComparison.Ordinal));
}
