using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>The files of a model's C#: consumption, training, project, and a copy of the model.</summary>
internal static class CodeFiles
{
    /// <summary>Checks that the files can be written.</summary>
    /// <exception cref="ToolException">A file could not be written.</exception>
    public static void Check(string folder, string model, bool mayReplace)
    {
        string name = NameOf(model);
        string[] files = [ConsumptionFile(name), TrainingFile(name), ProjectFile(name)];
        OutputFile.CheckFolder(folder, IsBeside(folder, model) ? files : [.. files, Path.GetFileName(model)], mayReplace);
    }

    /// <summary>Writes the files.</summary>
    /// <returns>Their paths.</returns>
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

    // The class and the files for "income.zip" are called "Income".
    private static string NameOf(string model) => CSharp.Identifier(Path.GetFileNameWithoutExtension(model));

    private static bool IsBeside(string folder, string model) =>
        Path.GetFullPath(folder) == Path.GetDirectoryName(Path.GetFullPath(model));

    private static string ConsumptionFile(string name) => name + ".consumption.cs";

    private static string TrainingFile(string name) => name + ".training.cs";

    private static string ProjectFile(string name) => name + ".csproj";
}
