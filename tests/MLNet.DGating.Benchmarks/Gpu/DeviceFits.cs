using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Times whole fits on a card beside those on all cores of its machine.</summary>
internal static class DeviceFits
{
    private const int Folds = 10, Pairs = 20, LargeRows = 100_000, LargeColumns = 1_000, PlantedColumns = 20;

    public static int Run(Arguments arguments)
    {
        if (BenchmarkDevice.Of(arguments) is not { } device)
        {
            return 1;
        }

        string folder = arguments.Text("data", "../shared/data");
        var clock = Stopwatch.StartNew();
        double limit = arguments.Number("seconds") ?? 200;
        var isolet = new Lazy<SplitData>(() => new SplitData(new MLContext(), folder, "isolet"));
        int rows = device.IsCard ? LargeRows : LargeRows / 100;
        Console.WriteLine($"| fit | card, s | {Environment.ProcessorCount} cores, s | card / CPU |");
        Console.WriteLine("|---|--:|--:|--:|");
        Compare("warm-up, isolet, k = 50", on => Multiclass(on, 50).Fit(isolet.Value.Training));
        Compare("isolet, k = 50", on => Multiclass(on, 50).Fit(isolet.Value.Training));
        Compare($"isolet, {Folds} folds", on => Multiclass(on, null).FitPathCrossValidated(isolet.Value.Training, Folds));
        Compare($"isolet, {Pairs} pairs of stability", on => Multiclass(on, null).FitStability(isolet.Value.Training, Pairs));
        foreach (int hidden in (int[])[128, 1024])
        {
            Compare($"{rows} × {LargeColumns}, hidden {hidden}", on => Multiclass(on, PlantedColumns, hidden).Fit(Large(rows)));
        }

        return 0;

        void Compare(string what, Func<DGatingDevice, object> fit)
        {
            if (clock.Elapsed.TotalSeconds > limit)
            {
                Console.WriteLine($"| {what} | left out, time is up | | |");
                return;
            }

            try
            {
                double card = Seconds(() => fit(device.IsCard ? DGatingDevice.Cuda : DGatingDevice.Cpu));
                double cores = Seconds(() => fit(DGatingDevice.Cpu));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {card:f2} | {cores:f2} | {card / cores:f2} |"));
            }
            catch (Exception error) // The other fits are still of interest.
            {
                Console.WriteLine($"| {what} | FAILED: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} | | |");
            }
        }
    }

    private static double Seconds(Func<object> fit)
    {
        var clock = Stopwatch.StartNew();
        fit();
        return clock.Elapsed.TotalSeconds;
    }

    private static DGatingMulticlassTrainer Multiclass(DGatingDevice device, int? count, int hidden = DGatingDefaults.HiddenNeurons) =>
        new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = count,
            InputNoise = 0,
            HiddenLayers = [hidden],
            Device = device,
            NumberOfThreads = Environment.ProcessorCount,
            MaximumRowMemory = 16L << 30,
        });

    // The class is the sign of products and sines of every fiftieth column.
    private static GeneratedView Large(int rows) => new(rows, LargeColumns, classes: 2, Fill, Class);

    private static void Fill(long row, Span<float> features)
    {
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = Value(row, i);
        }
    }

    private static uint Class(long row)
    {
        const int every = LargeColumns / PlantedColumns;
        double sum = 0;
        for (int i = 0; i < PlantedColumns; i += 2)
        {
            float one = Value(row, i * every), other = Value(row, (i + 1) * every);
            sum += one * other + 0.5 * Math.Sin(2 * one) + 0.3 * other;
        }

        return sum > 0 ? 1u : 0u;
    }

    // Uniform within ±2, from a hash of row and column.
    private static float Value(long row, int column)
    {
        uint hash = (uint)row * 2654435761u ^ (uint)(column + 1) * 2246822519u;
        hash ^= hash >> 15;
        hash *= 3266489917u;
        hash ^= hash >> 13;
        return (hash >> 8) * (4f / (1 << 24)) - 2;
    }
}
