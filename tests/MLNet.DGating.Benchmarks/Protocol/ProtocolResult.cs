using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the result of one fit of a method.</summary>
/// <param name="Seed">The seed of the fit.</param>
/// <param name="Accuracy">The accuracy on the test rows, 0 to 1.</param>
/// <param name="Kept">The number of features kept.</param>
/// <param name="Seconds">The elapsed time.</param>
/// <param name="ProcessorSeconds">The processor time, which other processes on the machine disturb less.</param>
internal sealed record ProtocolRun(int Seed, double Accuracy, int Kept, double Seconds, double ProcessorSeconds)
{
    /// <summary>Fits a method and evaluates the model on the test rows.</summary>
    public static ProtocolRun Measure(ISelectionMethod method, SplitData data, int? count, int seed)
    {
        var context = new MLContext(seed);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        FittedSelection fitted = method.Fit(context, data, count);
        double seconds = clock.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        IDataView scored = fitted.Model.Transform(data.Test);
        double accuracy = data.Classes == 2
            ? context.BinaryClassification.Evaluate(scored, data.LabelColumn).Accuracy
            : context.MulticlassClassification.Evaluate(scored, data.LabelColumn).MicroAccuracy;
        return new ProtocolRun(seed, accuracy, fitted.Kept, seconds, processor);
    }
}

/// <summary>Holds a line of the table: the results of a method on a data set over seeds.</summary>
/// <param name="Data">The name of the data set.</param>
/// <param name="Asked">The number of features asked for, or "auto".</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Runs">The result for each seed.</param>
internal sealed record ProtocolResult(string Data, string Asked, string Method, ProtocolRun[] Runs)
{
    private static readonly JsonSerializerOptions s_format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public double Accuracy => Runs.Average(run => run.Accuracy);

    public double Seconds => Runs.Average(run => run.Seconds);

    public string ToMarkdown() =>
        $"| {Data} | {Asked} | {Method} | {Accuracy:f4} | {string.Join(' ', Runs.Select(run => run.Accuracy.ToString("f3")))} " +
        $"| {string.Join(' ', Runs.Select(run => run.Kept))} | {Seconds:f2} |";

    /// <summary>Saves results as JSON, first under a temporary name, so that the file is always complete.</summary>
    public static void Save(IReadOnlyList<ProtocolResult> results, string path)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(results, s_format));
        File.Move(temporary, path, overwrite: true);
    }
}
