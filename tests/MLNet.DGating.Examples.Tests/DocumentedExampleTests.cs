using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The examples in the documentation of the public members, as editors show them.</summary>
public class DocumentedExampleTests
{
    /// <summary>The members that a user calls first: each of them shows how.</summary>
    private static readonly string[] s_entryPoints =
    [
        "DGatingCatalog.DGating(", "DGatingCatalog.SelectFeaturesBasedOnDGating(", "DGatingCatalog.SelectFeaturesBasedOnReconstruction(",
        ".FitPath(", ".FitPathCrossValidated(", ".FitStability(", ".FitKnockoffs(", ".FitBest(",
        "FeatureGroups.OfSlots(", "FeatureGroups.OfColumns(",
        ".SaveAsOnnx(", ".ToTransformer(", "DGatingPlots.Importance(", "DGatingReport.Save(",
        "T:MLNet.DGating.Modules.ModuleGates", "ModuleCompaction.Compact(", "GatePath.Follow(",
        "T:MLNet.DGating.Distributed.DGatingCluster",
    ];

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Members => [.. Examples().Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void Example_Compiles(string member)
    {
        string source = $$"""
            using System;
            using System.Linq;
            using Microsoft.ML;
            using MLNet.DGating;
            using MLNet.DGating.Distributed;
            using MLNet.DGating.Modules;
            using MLNet.DGating.Plots;
            using TorchSharp;

            public static class Example
            {
                // The names that the examples take as given.
                public static void Run(
                    MLContext mlContext, IDataView data, IDataView validation, IDataView test,
                    torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor images, torch.Tensor labels)
                {
                    {{Examples()[member]}}
                }
            }
            """;
        var compilation = CSharpCompilation.Create("Example", [CSharpSyntaxTree.ParseText(source)], s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            && diagnostic.Id is not ("CS8019" or "CS1701" or "CS1702")));
    }

    [Fact]
    public void EntryPoints_HaveExamples() =>
        Assert.All(s_entryPoints, entry => Assert.Contains(Examples().Keys, member => member.Contains(entry, StringComparison.Ordinal)));

    private static Dictionary<string, string> Examples() => Directory.GetFiles(AppContext.BaseDirectory, "MLNet.DGating*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("example"))
        .ToDictionary(example => (string)example.Parent!.Attribute("name")!, example => example.Element("code")!.Value);
}
