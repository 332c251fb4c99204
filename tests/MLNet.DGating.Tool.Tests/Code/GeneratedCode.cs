using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using MLNet.DGating.Fuzz.Written;

namespace MLNet.DGating.Tool.Tests.Code;

/// <summary>Generated C#, compiled and loaded.</summary>
internal sealed class GeneratedCode
{
    private readonly Type _model;

    private GeneratedCode(Type model)
    {
        _model = model;
    }

    public Type ModelInput => _model.GetNestedType("ModelInput")!;

    /// <param name="folder">The folder with the files.</param>
    /// <param name="name">The class's name.</param>
    public static GeneratedCode Compile(string folder, string name)
    {
        using var assembly = new MemoryStream();
        Assert.Empty(CompiledCode.Of(folder, name).Emit(assembly).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return new GeneratedCode(AssemblyLoadContext.Default.LoadFromStream(assembly).GetType($"{name}_Model.{name}", throwOnError: true)!);
    }

    /// <summary>Makes the generated code load a model from another place than beside the application.</summary>
    public void Use(string model) =>
        _model.GetField("MLNetModelPath", BindingFlags.NonPublic | BindingFlags.Static)!.SetValue(null, model);

    public object? Call(string method, params object?[] arguments) => _model.GetMethod(method)!.Invoke(null, arguments);

    public object? Constant(string name) => _model.GetField(name)!.GetRawConstantValue();

    /// <summary>Returns a row; each cell is parsed as the type of its property.</summary>
    public object Row(string[] names, string[] cells)
    {
        object row = Activator.CreateInstance(ModelInput)!;
        foreach (PropertyInfo property in ModelInput.GetProperties())
        {
            string cell = cells[Array.IndexOf(names, ColumnName(property))];
            property.SetValue(row, property.PropertyType == typeof(float) ? float.Parse(cell)
                : property.PropertyType == typeof(double) ? double.Parse(cell)
                : cell);
        }

        return row;
    }

    private static string ColumnName(PropertyInfo property) => (string)property.GetCustomAttributesData()
        .Single(attribute => attribute.AttributeType.Name == "ColumnNameAttribute").ConstructorArguments[0].Value!;
}
