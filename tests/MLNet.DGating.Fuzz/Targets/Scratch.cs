using System.Reflection;
using MLNet.DGating.Tool;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>A temporary folder with tables and models to change, and the tool to read them with; disposing deletes it.</summary>
internal sealed class Scratch : IDisposable
{
    private const int Rows = 300;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dgating-fuzz");

    public Scratch()
    {
        string examples = typeof(Scratch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Examples").Value!;
        Adult = Beginning(Path.Combine(examples, "data", "adult.csv"), this["adult.csv"]);
        Fares = Beginning(Path.Combine(examples, "data", "taxi-fare.csv"), this["fares.csv"]);
        Income = Train(Adult, "label(IsOver50K)", "income.zip");
        Fare = Train(Fares, "fare_amount", "fare.zip");
    }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Adult { get; }

    public string Fares { get; }

    /// <summary>A model of two classes, with categories.</summary>
    public string Income { get; }

    /// <summary>A model of a number.</summary>
    public string Fare { get; }

    /// <summary>Writes an input to a file, which the next input overwrites.</summary>
    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = DGatingTool.Run(arguments, new ToolContext(output, error, IsInteractive: false, CancellationToken.None));
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Beginning(string source, string target)
    {
        System.IO.File.WriteAllLines(target, System.IO.File.ReadLines(source).Take(Rows + 1));
        return target;
    }

    private string Train(string data, string label, string model)
    {
        (int code, _, string error) = Run("train", data, "--label", label, "-o", this[model], "--features", "3");
        return code == 0 ? this[model] : throw new InvalidOperationException(error);
    }
}
