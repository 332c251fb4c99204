using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.DGating.Fuzz.Written;

/// <summary>The C# that dgating code writes, in the hands of the compiler, for which a warning is an error.</summary>
internal static class CompiledCode
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => IsReferenced(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <param name="folder">The folder with the files.</param>
    /// <param name="name">The class's name.</param>
    public static CSharpCompilation Of(string folder, string name) => CSharpCompilation.Create(
        name + Guid.NewGuid(),
        Directory.GetFiles(folder, "*.cs").Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: ReportDiagnostic.Error));

    private static bool IsReferenced(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal)
        || file.StartsWith("Microsoft.ML.", StringComparison.Ordinal)
        || file.StartsWith("MLNet.DGating", StringComparison.Ordinal)
        || file is "netstandard.dll" or "mscorlib.dll";
}
