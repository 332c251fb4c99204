using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.DGating.Tool.Tests.Code;

/// <summary>What dgating code wrote, compiled and loaded.</summary>
internal sealed class GeneratedCode
{
    private readonly Type _model;

    private GeneratedCode(Type model)
    {
        _model = model;
    }

    public Type ModelInput => _model.GetNestedType("ModelInput")!;

    /// <param name="folder">The folder that was written.</param>
    /// <param name="name">The class's name.</param>
    public static GeneratedCode Compile(string folder, string name)
    {
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.ML.", StringComparison.Ordinal)
                    || file.StartsWith("MLNet.DGating", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
        SyntaxTree[] sources = [.. Directory.GetFiles(folder, "*.cs").Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file))];
        var compilation = CSharpCompilation.Create(name + Guid.NewGuid(), sources, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: ReportDiagnostic.Error));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return new GeneratedCode(AssemblyLoadContext.Default.LoadFromStream(assembly).GetType($"{name}_Model.{name}", throwOnError: true)!);
    }

    /// <summary>Points the generated code at a model, as its zip beside the application would.</summary>
    public void Use(string model) => _model.GetField("MLNetModelPath", BindingFlags.NonPublic | BindingFlags.Static)!.SetValue(null, model);

    public object? Call(string method, params object?[] arguments) => _model.GetMethod(method)!.Invoke(null, arguments);

    public object? Constant(string name) => _model.GetField(name)!.GetRawConstantValue();

    /// <summary>A row of which each cell is parsed as its property is typed.</summary>
    public object Row(string[] names, string[] cells)
    {
        object row = Activator.CreateInstance(ModelInput)!;
        foreach (PropertyInfo property in ModelInput.GetProperties())
        {
            string column = (string)property.GetCustomAttributesData().Single(attribute => attribute.AttributeType.Name == "ColumnNameAttribute").ConstructorArguments[0].Value!;
            string cell = cells[Array.IndexOf(names, column)];
            property.SetValue(row, property.PropertyType == typeof(float) ? float.Parse(cell) : cell);
        }

        return row;
    }
}
