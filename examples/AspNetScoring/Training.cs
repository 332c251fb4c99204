using System.Diagnostics;
using Microsoft.ML;
using MLNet.DGating;

namespace AspNetScoring;

/// <summary>Makes the model. Only this file needs libtorch.</summary>
internal static class Training
{
    public const string Argument = "--train";
    private const int Wanted = 10;

    /// <summary>Trains on mice.csv and writes the zip. What is saved begins at the features: who asks has no label.</summary>
    public static void Run(string path)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView mice = MouseData.Load(mlContext);
        IDataView labelled = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(mice).Transform(mice);
        var options = new DGatingMulticlassTrainer.Options { MaximumFeatureCount = Wanted, InputNoise = 0 };
        var model = mlContext.MulticlassClassification.Trainers.DGating(options)
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(labelled);

        string unfinished = path + ".tmp";
        mlContext.Model.Save(model, labelled.Schema, unfinished);
        File.Move(unfinished, path, overwrite: true);
        Console.WriteLine($"Trained on mice.csv with {Wanted} features: {path}");
    }

    /// <summary>The same in a process of its own, so that the server never loads libtorch.</summary>
    public static void RunApart(string path)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] assembly = isHost ? [Path.Combine(AppContext.BaseDirectory, $"{nameof(AspNetScoring)}.dll")] : [];
        using Process process = Process.Start(program, [.. assembly, Argument, path]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"Training ended with exit code {process.ExitCode}; what it wrote above says why.");
        }
    }
}
