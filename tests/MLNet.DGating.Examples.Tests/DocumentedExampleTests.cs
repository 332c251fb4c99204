using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The examples in the documentation of the public members, as editors show them.</summary>
public class DocumentedExampleTests
{
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
        string code = Examples()[member].Trim();
        bool isType = code.StartsWith("internal ", StringComparison.Ordinal);
        string source = $$"""
            #nullable enable
            using System;
            using System.Linq;
            using Microsoft.ML;
            using MLNet.DGating;
            using MLNet.DGating.Distributed;
            using MLNet.DGating.Modules;
            using MLNet.DGating.Plots;
            using MLNet.DGating.Trees;
            using TorchSharp;

            public static class Example
            {
                // The names that the examples take as given.
                public static void Run(
                    MLContext mlContext, IDataView data, IDataView validation, IDataView test,
                    torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor images, torch.Tensor labels)
                {
                    {{(isType ? "" : code)}}
                }

                {{(isType ? code : "")}}
            }
            """;
        var compilation = CSharpCompilation.Create("Example", [CSharpSyntaxTree.ParseText(source)], s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            && diagnostic.Id is not ("CS8019" or "CS1701" or "CS1702")));
    }

    [Fact]
    public void WhatAUserCalls_IsShownByAnExample_OfItsOwnOrOfItsType()
    {
        HashSet<string> shown = [.. Examples().Keys.Select(member => member.Split('(')[0].Split("``")[0])];
        string[] called = [.. Calls().Select(call => call.Member)];
        Assert.Contains("M:Microsoft.ML.DGatingCatalog.DGating", called);
        Assert.Contains("M:MLNet.DGating.DGatingTrainerBase`2.FitPath", called);
        Assert.DoesNotContain("M:MLNet.DGating.TargetEncodingEstimator.Fit", called);
        string[] silent =
            [.. Calls().Where(call => !shown.Contains(call.Member) && !call.Types.Any(shown.Contains)).Select(call => call.Member)];
        Assert.True(silent.Length == 0, $"No <example> shows {string.Join(", ", silent)}.");
    }

    // Methods of ours alone: not those that ML.NET or TorchSharp asks for, nor those that a compiler writes.
    private static IEnumerable<(string Member, string[] Types)> Calls() => Directory
        .GetFiles(AppContext.BaseDirectory, "MLNet.DGating*.xml")
        .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
        .SelectMany(file => Assembly.LoadFrom(Path.ChangeExtension(file, ".dll")).GetExportedTypes())
        .Where(type => !type.IsEnum && !type.IsSubclassOf(typeof(Delegate)))
        .SelectMany(type => type
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method && !method.Name.Contains('<')
                && method.Name is not ("Equals" or "Deconstruct") && !IsAskedFor(type, method))
            .Select(method => ($"M:{Name(type)}.{method.Name}", Types(type).ToArray())))
        .Distinct();

    private static bool IsAskedFor(Type type, MethodInfo method) => !type.IsInterface
        && type.GetInterfaces().Any(one => type.GetInterfaceMap(one).TargetMethods.Contains(method));

    // The type, and those that it is derived from.
    private static IEnumerable<string> Types(Type type)
    {
        for (Type? one = type; one is not null; one = one.BaseType)
        {
            yield return $"T:{Name(one)}";
        }
    }

    private static string Name(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static Dictionary<string, string> Examples() => Directory.GetFiles(AppContext.BaseDirectory, "MLNet.DGating*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("example"))
        .ToDictionary(example => (string)example.Parent!.Attribute("name")!, example => example.Element("code")!.Value);
}
