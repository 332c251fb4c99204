using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MLNet.DGating.Architecture.Tests;

/// <summary>An assembly of the product: the folder of each of its types, and which folder uses which.</summary>
internal sealed partial class SourceAssembly
{
    private readonly Dictionary<string, string> _folderOfType = new(StringComparer.Ordinal);

    public SourceAssembly(string name)
    {
        string root = $"src/{name}";
        foreach (string file in Repository.Sources(root))
        {
            string folder = Path.GetDirectoryName(file)!.Replace('\\', '/')[root.Length..].TrimStart('/');
            string text = Repository.Read(file);
            string space = Namespace().Match(text).Groups[1].Value;
            foreach (Match match in Declaration().Matches(text))
            {
                // Parts of a type stand in one folder.
                _folderOfType[$"{space}.{match.Groups[1].Value}"] = folder;
            }
        }

        Match given = AssemblyName().Match(Repository.Read($"{root}/{name}.csproj"));
        string library = given.Success ? given.Groups[1].Value : name;
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{library}.dll"));
        References = [.. module.AssemblyReferences.Select(reference => reference.Name)];
        foreach (TypeDefinition type in module.GetTypes())
        {
            if (FolderOf(type) is { } from)
            {
                foreach (string to in Uses(type).Select(FolderOf).OfType<string>().Where(to => to != from))
                {
                    Arrows.Add((from, to, type.Name));
                }
            }
        }
    }

    /// <summary>The assemblies that it refers to.</summary>
    public string[] References { get; }

    /// <summary>Which folder uses which, and a type that does.</summary>
    public HashSet<(string From, string To, string By)> Arrows { get; } = [];

    public IEnumerable<string> Folders => _folderOfType.Values.Distinct();

    private string? FolderOf(TypeReference type)
    {
        TypeReference outermost = type;
        while (outermost.DeclaringType is not null)
        {
            outermost = outermost.DeclaringType;
        }

        return _folderOfType.GetValueOrDefault($"{outermost.Namespace}.{outermost.Name.Split('`')[0]}");
    }

    private static IEnumerable<TypeReference> Uses(TypeDefinition type)
    {
        IEnumerable<TypeReference?> members =
        [
            type.BaseType,
            .. type.Interfaces.Select(each => each.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            .. type.Methods.Where(method => method.HasBody).SelectMany(InBody),
        ];
        return members.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> InBody(MethodDefinition method) =>
        method.Body.Variables.Select(variable => variable.VariableType)
        .Concat(method.Body.Instructions.SelectMany(Operands));

    private static IEnumerable<TypeReference?> Operands(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    // A generic type, its arguments, what an array or a reference is of, and what a function takes and gives.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType function =>
            [.. Parts(function.ReturnType), .. function.Parameters.SelectMany(each => Parts(each.ParameterType))],
        TypeSpecification of => Parts(of.ElementType),
        _ => [type],
    };

    [GeneratedRegex("<AssemblyName>(.*)</AssemblyName>")]
    private static partial Regex AssemblyName();

    [GeneratedRegex(
        @"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public |internal )[\w ]*?\b(?:class|struct|interface|enum|record(?: class| struct)?|delegate [\w<>]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
