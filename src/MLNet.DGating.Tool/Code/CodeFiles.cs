using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Code;

/// <summary>The files of a model's C#: consumption, training, project, and the model itself beside them.</summary>
internal static class CodeFiles
{
    /// <exception cref="ToolException">A file could not be written.</exception>
    public static void Check(string folder, string model, bool mayReplace)
    {
        string name = NameOf(model);
        string[] files = [ConsumptionFile(name), TrainingFile(name), ProjectFile(name)];
        OutputFile.CheckFolder(folder, IsBeside(folder, model) ? files : [.. files, Path.GetFileName(model)], mayReplace);
    }

    /// <returns>The files written.</returns>
    public static string[] Write(string folder, string model, ModelDescription description)
    {
        string name = NameOf(model);
        var row = new RowClass(description);
        string[] files =
        [
            Text(ConsumptionFile(name), ConsumptionCode.Write(name, Path.GetFileName(model), description, row)),
            Text(TrainingFile(name), TrainingCode.Write(name, description, row)),
            Text(ProjectFile(name), ProjectCode.Write(Path.GetFileName(model))),
        ];
        if (IsBeside(folder, model))
        {
            return files;
        }

        string copy = Path.Combine(folder, Path.GetFileName(model));
        OutputFile.Write(copy, temporary => File.Copy(model, temporary));
        return [.. files, copy];

        string Text(string file, string text)
        {
            string path = Path.Combine(folder, file);
            OutputFile.Write(path, temporary => File.WriteAllText(temporary, text));
            return path;
        }
    }

    /// <summary>"Income" for "income.zip": what the class and the files are called.</summary>
    public static string NameOf(string model) => CSharp.Identifier(Path.GetFileNameWithoutExtension(model));

    private static bool IsBeside(string folder, string model) => Path.GetFullPath(folder) == Path.GetDirectoryName(Path.GetFullPath(model));

    private static string ConsumptionFile(string name) => name + ".consumption.cs";

    private static string TrainingFile(string name) => name + ".training.cs";

    private static string ProjectFile(string name) => name + ".csproj";
}
