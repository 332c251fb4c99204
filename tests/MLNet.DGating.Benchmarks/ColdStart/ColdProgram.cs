using System.Diagnostics;
using System.Runtime;
using System.Text.Json;
using MLNet.DGating.Torch.Native;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the time of one phase of a start.</summary>
/// <param name="Phase">The name of the phase.</param>
/// <param name="Milliseconds">The elapsed time.</param>
/// <param name="ProcessorMilliseconds">The processor time.</param>
/// <param name="CompilingMilliseconds">The time in which methods were compiled.</param>
/// <param name="Methods">The number of methods that were compiled.</param>
internal sealed record ColdMark(string Phase, double Milliseconds, double ProcessorMilliseconds, double CompilingMilliseconds, int Methods);

/// <summary>Measures the start of two programs: the smallest one that trains, and the beginning of the example QuickStart.</summary>
/// <param name="start">The timestamp of the start of the process.</param>
internal sealed class ColdProgram(long start)
{
    public const string Minimal = "minimal", QuickStart = "QuickStart", LoadLibtorch = "load libtorch";

    private readonly List<ColdMark> _marks = [];
    private long _last = start;
    private TimeSpan _processor, _compiling;
    private int _methods;

    /// <summary>Measures a start in a new process, and gives its phases.</summary>
    public static ColdMark[] Start(string program, string folder)
    {
        string[] arguments = ["cold-start", "--program", program, "--examples", folder, "--start", $"{Stopwatch.GetTimestamp()}"];
        string printed = ChildProcess.Run(arguments)
            ?? throw new InvalidOperationException($"The process of '{program}' failed: see the error above.");
        return JsonSerializer.Deserialize<ColdMark[]>(printed)!;
    }

    /// <summary>Runs the program in the process that is measured.</summary>
    /// <remarks>Timestamps are those of the system, so that the first phase begins before the process is started.</remarks>
    public static void RunChild(Arguments arguments)
    {
        var cold = new ColdProgram(long.Parse(arguments.Text("start", "0")));
        cold.Mark("process and runtime");
        string folder = arguments.Text("examples", "examples/data");
        var context = new MLContext(seed: 1);
        cold.Mark("MLContext");
        if (arguments.Text("program", Minimal) == QuickStart)
        {
            IDataView rows = ExampleData.Adult(context, folder).Training;
            cold.Mark("reading the file and fitting the transforms");
            cold.Train(progress =>
                context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options { Progress = progress }).Fit(rows));
        }
        else
        {
            TextLoader.Column[] columns = [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 77)];
            IDataView file = context.Data.LoadFromTextFile(
                Path.Combine(folder, "mice.csv"), columns, separatorChar: ',', hasHeader: true);
            cold.Mark("opening the file");
            cold.Train(progress =>
                context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options { Progress = progress }).Fit(file));
        }

        Console.WriteLine(JsonSerializer.Serialize(cold._marks));
    }

    // The fit is cancelled after its first iteration.
    private void Train(Action<IProgress<DGatingProgress>> fit)
    {
        TorchRuntime.EnsureLoaded();
        Mark(LoadLibtorch);
        var first = new FirstIteration();
        try
        {
            fit(first);
        }
        catch (FirstIteration.OverException)
        {
            Mark("reading rows and the first iteration");
        }
    }

    private void Mark(string phase)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime, compiling = JitInfo.GetCompilationTime();
        int methods = (int)JitInfo.GetCompiledMethodCount();
        _marks.Add(new ColdMark(
            phase,
            Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds,
            (processor - _processor).TotalMilliseconds,
            (compiling - _compiling).TotalMilliseconds,
            methods - _methods));
        (_last, _processor, _compiling, _methods) = (now, processor, compiling, methods);
    }

    private sealed class FirstIteration : IProgress<DGatingProgress>
    {
        public void Report(DGatingProgress value) => throw new OverException();

        public sealed class OverException : Exception;
    }
}
