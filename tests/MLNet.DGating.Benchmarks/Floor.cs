using System.Diagnostics;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using TorchSharp;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares training steps and whole fits with the bare matrix products of the same shapes in the same process.</summary>
internal static class Floor
{
    private static readonly (int Rows, int Features, int Hidden, int Outputs)[] s_shapes =
        [(64, 77, 128, 8), (64, 617, 128, 26), (64, 1024, 128, 20), (256, 784, 128, 10)];

    public static void Run(Arguments arguments)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        Console.WriteLine(
            "| rows × features × hidden × classes | bare GEMMs, ms | our step | with input noise | our step in bfloat16 " +
            "| modules + autograd + optimizer |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach ((int rows, int features, int hidden, int outputs) in s_shapes)
        {
            double floor = GemmFloor.SecondsPerStep(rows, features, hidden, outputs);
            double step = StepSeconds(rows, features, hidden, outputs, noise: 0);
            double noisy = StepSeconds(rows, features, hidden, outputs, noise: 0.5f);
            double rounded = StepSeconds(rows, features, hidden, outputs, noise: 0, isRounded: true);
            using var usual = new UsualLoop(rows, features, hidden, outputs);
            double loop = Stopwatching.SecondsPerCall(usual.Step);
            Console.WriteLine(
                $"| {rows} × {features} × {hidden} × {outputs} | {1000 * floor:f3} | {step / floor:f2} times | {noisy / floor:f2} times " +
                $"| {rounded / floor:f2} times | {loop / floor:f2} times |");
        }

        string folder = arguments.Text("data", "../shared/data");
        if (File.Exists(Path.Combine(folder, "isolet.csv")))
        {
            WholeFit(new SplitData(new MLContext(), folder, "isolet"), noise: 0);
            WholeFit(new SplitData(new MLContext(), folder, "isolet"), noise: null);
        }
    }

    // A step of the engine, including the gathering of its rows.
    private static double StepSeconds(int rows, int features, int hidden, int outputs, float noise, bool isRounded = false)
    {
        var random = new RandomStream(0, 0);
        var matrix = new DesignMatrix(features);
        for (int i = 0; i < 20 * rows; i++)
        {
            random.FillUniform(matrix.AddRow(), 1);
        }

        int[] all = [.. Enumerable.Range(0, matrix.Rows)];
        float[] targets = [.. all.Select(row => (float)(row % outputs))];
        var data = new TrainingSet(matrix, targets, null, GroupLayout.PerColumn(features), LearningTask.Multiclass(outputs));
        var settings = new TrainingSettings { HiddenLayers = [hidden], BatchSize = rows, UseBfloat16 = isRounded };
        using var network = (CpuNetwork)CpuScope.Instance.Create(
            new NetworkRequest(data, data.EncodedBy(all), all, rows, settings, random));
        network.Load(NetworkState.Initial(settings.ShapeFor(data.Task), data.Groups, new float[outputs], random), settings.GateDepth);
        var schedule = new BatchSchedule(all, rows, int.MaxValue, random);
        StepSettings step = settings.PathStep(0.01, noise);
        return Stopwatching.SecondsPerCall(() => network.Step(schedule.Next(out _), step));
    }

    // Compares a fit with the products alone, for as many steps on as many columns as the fit reported.
    private static void WholeFit(SplitData data, double? noise)
    {
        const int count = 50;
        var iterations = new List<DGatingProgress>();
        var options = new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = count,
            InputNoise = noise,
            NumberOfThreads = 1,
            Seed = 0,
            Progress = new Collector(iterations),
        };
        var clock = Stopwatch.StartNew();
        new MLContext().MulticlassClassification.Trainers.DGating(options).Fit(data.Training);
        double seconds = clock.Elapsed.TotalSeconds;

        int rows = (int)data.Training.GetRowCount()!.Value;
        double floor = 0;
        IEnumerable<IGrouping<(bool IsTrial, int Features), DGatingProgress>> groups =
            iterations.GroupBy(iteration => (iteration.Phase == DGatingPhase.Choosing, iteration.FeatureCount));
        foreach (IGrouping<(bool IsTrial, int Features), DGatingProgress> same in groups)
        {
            int trained = same.Key.IsTrial ? (int)(rows * (1 - DGatingDefaults.HeldOutFraction)) : rows;
            int[] all = [.. Enumerable.Range(0, trained)];
            var schedule = new BatchSchedule(all, options.BatchSize, DGatingDefaults.MaximumStepsPerIteration, new RandomStream(0, 0));
            floor += same.Count() * schedule.StepsPerIteration * GemmFloor.SecondsPerStep(
                schedule.BatchRows, Math.Max(1, same.Key.Features), DGatingDefaults.HiddenNeurons, data.Classes, secondsPerBatch: 0.01);
        }

        Console.WriteLine();
        Console.WriteLine(
            $"isolet, k = {count}, input noise {(noise is null ? "chosen" : "given")}, one thread, " +
            $"IDataView to transformer: {seconds:f2} s; " +
            $"its {iterations.Count} iterations' bare GEMMs: {floor:f2} s ({seconds / floor:f2} times)");
    }

    private sealed class Collector(List<DGatingProgress> into) : IProgress<DGatingProgress>
    {
        public void Report(DGatingProgress value) => into.Add(value);
    }
}
