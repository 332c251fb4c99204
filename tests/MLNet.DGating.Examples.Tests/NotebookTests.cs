using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The cells of the notebook are one program, which runs from the first to the last.</summary>
public sealed class NotebookTests : IDisposable
{
    // What a kernel of .NET Interactive brings: the implicit usings, and the two calls that show a picture. Its console is its own.
    private const string Kernel = """
        global using System;
        global using System.IO;
        global using System.Linq;
        static object HTML(string html) => html;
        static void display(object shown) => Console.WriteLine(shown);

        """;

    private const string Console = """

        internal static class Console
        {
            public static StringWriter Written { get; } = new();

            public static void WriteLine(object? value) => Written.WriteLine(value);
        }
        """;

    private static readonly string[] s_cells =
    [
        .. JsonDocument.Parse(File.ReadAllText(Repository.PathOf("examples", "Notebook", "taxi-fare.ipynb"))).RootElement
            .GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()))),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("notebook").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheFirstCell_AsksForThePackagesOfThisVersion()
    {
        string version = typeof(FeatureGroups).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0];
        Assert.Contains($"#r \"nuget: MLNet.DGating, {version}\"", s_cells[0], StringComparison.Ordinal);
        Assert.Contains($"#r \"nuget: MLNet.DGating.Plots, {version}\"", s_cells[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AllCells_RunInTheirOrder()
    {
        string[] lines = string.Join('\n', s_cells.Skip(1)).Split('\n');
        string[] usings = [.. lines.Where(IsUsing)];
        string program = string.Join('\n', Kernel.Split('\n')[..3]) + '\n' + string.Join('\n', usings) + '\n'
            + string.Join('\n', Kernel.Split('\n')[3..]) + string.Join('\n', lines.Where(line => !IsUsing(line))) + Console;
        program = program.Replace("../data", Repository.PathOf("examples", "data"), StringComparison.Ordinal)
            .Replace("\"fare.", $"\"{_folder}/fare.", StringComparison.Ordinal);

        string output = Run(program);
        Assert.Contains("<svg", output, StringComparison.Ordinal);
        Assert.Matches("R² 0[.]9", output);
        Assert.Contains("Miles", output, StringComparison.Ordinal);
        Assert.Contains("<h1>Taxi fares</h1>", File.ReadAllText(Path.Combine(_folder, "fare.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "fare.zip")));
    }

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')
        && !line.Contains('=', StringComparison.Ordinal);

    private static string Run(string program)
    {
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
        var compilation = CSharpCompilation.Create("Notebook", [CSharpSyntaxTree.ParseText(program)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        Assembly notebook = AssemblyLoadContext.Default.LoadFromStream(image);
        MethodInfo main = notebook.EntryPoint!;
        main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        return notebook.GetType("Console")!.GetProperty("Written")!.GetValue(null)!.ToString()!;
    }
}
