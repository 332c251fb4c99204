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
using TorchSharp;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares the time of an iteration on the same rows kept sparse and kept dense, by width and density.</summary>
internal static class Sparse
{
    private static readonly int[] s_widths = [64, 256, 1_000, 4_000, 16_000];
    private static readonly double[] s_densities = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3];

    public static void Run(Arguments arguments)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        int hidden = arguments.Integer("hidden", DGatingDefaults.HiddenNeurons);
        int rows = arguments.Integer("rows", 2_048), batchRows = arguments.Integer("batch", DGatingDefaults.SmallestBatch);
        Console.WriteLine(
            $"{rows} rows, batches of {batchRows}, {hidden} hidden neurons, one thread: " +
            "seconds of an iteration, sparse / dense (ratio)");
        Console.WriteLine();
        Console.WriteLine($"| columns | {string.Join(" | ", s_densities.Select(density => $"{100 * density:g2} %"))} |");
        Console.WriteLine($"|--:|{string.Concat(Enumerable.Repeat("--:|", s_densities.Length))}");
        foreach (int width in s_widths)
        {
            IEnumerable<string> cells = s_densities.Select(density => Compare(rows, batchRows, width, density, hidden));
            Console.WriteLine($"| {width} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Compare(int rows, int batchRows, int width, double density, int hidden)
    {
        var random = new RandomStream(0, 0);
        (SparseMatrix sparse, DesignMatrix dense) = Matrices(rows, width, density, random);
        double seconds = SecondsOfIteration(sparse, batchRows, hidden), denseSeconds = SecondsOfIteration(dense, batchRows, hidden);
        return $"{seconds:f4} / {denseSeconds:f4} ({seconds / denseSeconds:f2})";
    }

    private static double SecondsOfIteration(FeatureMatrix matrix, int batchRows, int hidden)
    {
        int[] all = [.. Enumerable.Range(0, matrix.Rows)];
        var random = new RandomStream(1, 0);
        float[] targets = [.. all.Select(row => (float)(row % 2))];
        var data = new TrainingSet(matrix, targets, null, GroupLayout.PerColumn(matrix.Columns), LearningTask.Binary);
        var settings = new TrainingSettings { HiddenLayers = [hidden], BatchSize = batchRows };
        var schedule = new BatchSchedule(all, batchRows, int.MaxValue, random);
        using var network = (CpuNetwork)CpuScope.Instance.Create(
            new NetworkRequest(data, data.EncodedBy(all), all, schedule.BatchRows, settings, random));
        network.Load(NetworkState.Initial(settings.ShapeFor(data.Task), data.Groups, new float[1], random), settings.GateDepth);
        StepSettings step = settings.PathStep(0.001, noise: 0);
        return Stopwatching.SecondsPerCall(Iterate, batches: 3);

        void Iterate()
        {
            for (int i = 0; i < schedule.StepsPerIteration; i++)
            {
                network.Step(schedule.Next(out _), step);
            }

            network.Capture();
        }
    }

    // The share of rows in which a column occurs follows Zipf's law, as that of words in texts does.
    private static (SparseMatrix Sparse, DesignMatrix Dense) Matrices(int rows, int width, double density, RandomStream random)
    {
        double[] shares = SharesOf(width, density);
        var sparse = new SparseMatrix(width);
        var dense = new DesignMatrix(width);
        for (int row = 0; row < rows; row++)
        {
            int[] stored = [.. Enumerable.Range(0, width).Where(column => random.NextDouble() < shares[column])];
            float[] values = [.. stored.Select(_ => 1f + random.NextInt32(3))];
            sparse.AddRow(stored, values);
            Span<float> target = dense.AddRow();
            for (int i = 0; i < stored.Length; i++)
            {
                target[stored[i]] = values[i];
            }
        }

        return (sparse, dense);
    }

    // The shares are min(1, s / (10 + column)), with s such that their mean is the density.
    private static double[] SharesOf(int width, double density)
    {
        double low = 0, high = width + 10;
        while (high - low > 1e-6 * high)
        {
            double middle = (low + high) / 2;
            (low, high) = Of(middle).Average() < density ? (middle, high) : (low, middle);
        }

        return [.. Of(high)];

        IEnumerable<double> Of(double scale) => Enumerable.Range(0, width).Select(column => Math.Min(1, scale / (10 + column)));
    }
}
