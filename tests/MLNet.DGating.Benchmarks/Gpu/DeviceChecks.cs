using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares runs on a device with those on the CPU, and steps that are recorded with steps that are launched.</summary>
internal static class DeviceChecks
{
    private const int Runs = 3;

    /// <summary>The largest relative difference of the losses at the end of the dense phase.</summary>
    /// <remarks>Rounding grows with the steps, and at the kinks of activations and losses more than elsewhere.</remarks>
    private const double Tolerance = 0.01;

    public static int Run(Arguments arguments)
    {
        if (BenchmarkDevice.Of(arguments) is not { } device)
        {
            return 1;
        }

        int failed = 0;
        Console.WriteLine($"| {Runs} runs in one batch, {device.Device} | same features as the CPU | planted ones found | " +
            "difference of dense losses | recorded = launched | result |");
        Console.WriteLine("|---|---|---|--:|---|---|");
        foreach (PlantedCase each in PlantedCase.All())
        {
            try
            {
                failed += Compare(each, device) ? 0 : 1;
            }
            catch (Exception error) // The other cases are still of interest.
            {
                failed++;
                Console.WriteLine($"| {each.Name} | {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} | | | | FAILED |");
            }
        }

        Console.WriteLine($"\n{failed} failed");
        return failed > 0 ? 1 : 0;
    }

    private static bool Compare(PlantedCase each, BenchmarkDevice device)
    {
        TrainingSet data = each.Create();
        RunResult[] cpu = [.. Enumerable.Range(0, Runs).Select(number => Carry(each, data, number, CpuScope.Instance))];
        RunResult[] launched = Batch(each, data, device, isRecorded: false);
        RunResult[] recorded = device.IsCard ? Batch(each, data, device, isRecorded: true) : launched;
        bool isAlike = Numbers(cpu, Kept).SequenceEqual(Numbers(launched, Kept));
        bool isFound = launched.All(run => PlantedCase.AreFound(run.Refits[^1].Snapshot.Groups));
        bool isRecordedAlike = Numbers(launched, Values).SequenceEqual(Numbers(recorded, Values));
        double difference = Numbers(cpu, DenseLoss).Zip(Numbers(launched, DenseLoss), (one, other) => Math.Abs(one - other) / one).Max();
        // Input noise has other random numbers on a device.
        bool isRight = isFound && isRecordedAlike && (each.Noise > 0 || isAlike && difference < Tolerance);
        Console.WriteLine($"| {each.Name} | {Say(isAlike)} | {Say(isFound)} | {difference:g2} | " +
            $"{(device.IsCard ? Say(isRecordedAlike) : "–")} | {(isRight ? "ok" : "FAILED")} |");
        return isRight;
    }

    private static RunResult[] Batch(PlantedCase each, TrainingSet data, BenchmarkDevice device, bool isRecorded)
    {
        var results = new RunResult[Runs];
        using BatchedRuns runs = device.NewRuns(isRecorded);
        BatchedScope.Root(runs).WithBytesOfRun(BatchMemory.Of(each.Settings.ShapeFor(each.Task), data.Groups.Columns))
            .ForEach(Runs, (number, scope) => results[number] = Carry(each, data, number, scope));
        return results;
    }

    private static RunResult Carry(PlantedCase each, TrainingSet data, int number, RunScope scope) =>
        RunCarrier.Carry(each.Describe(data, number), data, scope, RunContext.Silent);

    private static double[] Numbers(RunResult[] runs, Func<RunResult, IEnumerable<double>> of) => [.. runs.SelectMany(of)];

    private static IEnumerable<double> Kept(RunResult run) => run.Refits.SelectMany(refit => refit.Snapshot.Groups).Select(x => (double)x);

    private static IEnumerable<double> DenseLoss(RunResult run) => [run.Path!.Points[0].TrainingLoss];

    private static IEnumerable<double> Values(RunResult run) => run.Refits
        .SelectMany(refit => refit.Result.State.Primary).Select(x => (double)x)
        .Concat(run.Path!.Points.Select(point => point.TrainingLoss));

    private static string Say(bool isSo) => isSo ? "yes" : "NO";
}
