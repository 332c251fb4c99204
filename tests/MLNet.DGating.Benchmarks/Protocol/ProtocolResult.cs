using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>One fit of a method: its seed, and what came of it. Seconds by the clock, and of processor time, which others on the machine disturb less.</summary>
internal sealed record ProtocolRun(int Seed, double Accuracy, int Kept, double Seconds, double ProcessorSeconds)
{
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

/// <summary>A line of the table: a method on a data set, asked for a count, over seeds.</summary>
internal sealed record ProtocolResult(string Data, string Asked, string Method, ProtocolRun[] Runs)
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public double Accuracy => Runs.Average(run => run.Accuracy);

    public double Seconds => Runs.Average(run => run.Seconds);

    public string ToMarkdown() =>
        $"| {Data} | {Asked} | {Method} | {Accuracy:f4} | {string.Join(' ', Runs.Select(run => run.Accuracy.ToString("f3")))} " +
        $"| {string.Join(' ', Runs.Select(run => run.Kept))} | {Seconds:f2} |";

    /// <summary>As JSON, under a temporary name first: a file that is there is complete.</summary>
    public static void Save(IReadOnlyList<ProtocolResult> results, string path)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(results, s_format));
        File.Move(temporary, path, overwrite: true);
    }
}
