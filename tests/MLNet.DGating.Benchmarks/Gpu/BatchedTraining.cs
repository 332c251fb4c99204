using System.Diagnostics;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;
using TorchSharp;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time of a training step on a device by the number of runs that train in one batch.</summary>
/// <remarks>Every operation is one call for all runs, so that the number of calls does not depend on theirs.</remarks>
internal static class BatchedTraining
{
    private const int Rows = 10_000, Hidden = 128, Outputs = 10;

    public static int Run(Arguments arguments)
    {
        if (BenchmarkDevice.Of(arguments) is not { } device)
        {
            return 1;
        }

        int steps = arguments.Integer("steps", device.IsCard ? 64 : 4);
        int iterations = arguments.Integer("iterations", device.IsCard ? 10 : 3);
        Console.WriteLine($"{device.Device}, {Rows} rows, hidden {Hidden}, {Outputs} classes, {iterations} iterations of {steps} steps");
        Console.WriteLine(
            "| features | runs | ms a step, launched | recorded | recorded, times that of one | tensors made a launched step |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        foreach (int features in (int[])[100, 1000])
        {
            double one = 0;
            foreach (int runs in (int[])[1, 4, 8, 32])
            {
                (double launched, double tensors) = Time(runs, features, steps, iterations, device, isRecorded: false);
                (double recorded, _) = device.IsCard ? Time(runs, features, steps, iterations, device, isRecorded: true) : (launched, 0);
                one = runs == 1 ? recorded : one;
                Console.WriteLine(
                    $"| {features} | {runs} | {1000 * launched:f3} | {1000 * recorded:f3} | {recorded / one:f2} | {tensors:f1} |");
            }
        }

        return 0;
    }

    private static (double SecondsPerStep, double TensorsPerStep) Time(
        int count, int features, int steps, int iterations, BenchmarkDevice device, bool isRecorded)
    {
        var random = new RandomStream(0, 0);
        var matrix = new DesignMatrix(features);
        for (int i = 0; i < Rows; i++)
        {
            random.FillUniform(matrix.AddRow(), 1);
        }

        int[] all = [.. Enumerable.Range(0, Rows)];
        float[] targets = [.. all.Select(row => (float)(row % Outputs))];
        var data = new TrainingSet(matrix, targets, null, GroupLayout.PerColumn(features), LearningTask.Multiclass(Outputs));
        var settings = new TrainingSettings { HiddenLayers = [Hidden], MaximumStepsPerIteration = steps };
        FeatureRows rows = data.EncodedBy(all);
        StepSettings step = settings.PathStep(0.01, 0);
        var runs = new (double Seconds, long Tensors)[count];
        using BatchedRuns batch = device.NewRuns(isRecorded);
        long bytes = BatchMemory.Of(settings.ShapeFor(data.Task), features);
        BatchedScope.Root(batch).WithBytesOfRun(bytes).ForEach(count, (run, scope) =>
        {
            var own = new RandomStream(run, 0);
            var schedule = new BatchSchedule(all, null, steps, own);
            using INetwork network = scope.Create(new NetworkRequest(data, rows, all, schedule.BatchRows, settings, own));
            network.Load(NetworkState.Initial(settings.ShapeFor(data.Task), data.Groups, new float[Outputs], own), settings.GateDepth);
            // The second iteration of a shape is the one that is recorded.
            Train();
            Train();
            long before = Made();
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < iterations; i++)
            {
                Train();
            }

            runs[run] = (clock.Elapsed.TotalSeconds, Made() - before);

            void Train()
            {
                float[] rates = [.. Enumerable.Repeat((float)settings.LearningRate, schedule.StepsPerIteration)];
                network.Train(new Iteration(schedule.NextIteration(out _), step, rates));
            }
        });
        // All runs end an iteration together, and one of their threads carries it out.
        int made = iterations * new BatchSchedule(all, null, steps, random).StepsPerIteration;
        return (runs.Max(run => run.Seconds) / made, (double)runs.Sum(run => run.Tensors) / made);

        static long Made() => DisposeScopeManager.Statistics.CreatedInScopeCount + DisposeScopeManager.Statistics.CreatedOutsideScopeCount;
    }
}
