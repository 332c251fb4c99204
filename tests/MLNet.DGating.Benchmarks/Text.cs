using System.Diagnostics;
using System.Globalization;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures time, peak memory and the words found in a fit on a bag of words with planted words.</summary>
/// <remarks>The label depends on the planted words alone. With --dense the engine alone is measured on the same rows too.</remarks>
internal static class Text
{
    private const int Planted = 30;
    private const double Effect = 3;

    public static void Run(Arguments arguments)
    {
        int rows = arguments.Integer("rows", 20_000), slots = arguments.Integer("slots", 50_000);
        int words = arguments.Integer("words", 60), count = arguments.Integer("count", 50), seed = arguments.Integer("seed", 0);
        TorchRuntime.EnsureLoaded();
        var mlContext = new MLContext(seed: seed);
        var random = new Random(seed);
        double[] shares = SharesOf(slots, words);
        int[] planted = [.. Enumerable.Range(0, Planted).Select(i => PlantedSlot(i, slots))];
        Row[] documents = [.. Enumerable.Range(0, rows + rows / 4).Select(_ => Document(random, shares, planted, slots))];
        double stored = documents.Average(document => document.Features.GetValues().Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} rows × {slots} slots, {stored:f1} of them not zero a row; " +
            $"{Planted} planted words, in {shares[planted[0]]:p1} to {shares[planted[^1]]:p2} of the rows; {count} kept"));
        Fit(mlContext, documents, rows, slots, planted, count, seed);
        if (arguments.Integer("dense", 0) == 1)
        {
            var sparse = new SparseMatrix(slots);
            Array.ForEach(documents[..rows], document => sparse.AddRow(document.Features.GetIndices(), document.Features.GetValues()));
            float[] labels = [.. documents[..rows].Select(document => document.Label ? 1f : 0)];
            double seconds = EngineSeconds(sparse, labels, planted, count, seed);
            double denseSeconds = EngineSeconds(Dense(sparse), labels, planted, count, seed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"dense / sparse: {denseSeconds / seconds:f1} times the time; peak memory so far {PeakMegabytes():f0} MB"));
        }
    }

    private static void Fit(MLContext mlContext, Row[] documents, int rows, int slots, int[] planted, int count, int seed)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        IDataView training = mlContext.Data.LoadFromEnumerable(documents[..rows], schema);
        IDataView test = mlContext.Data.LoadFromEnumerable(documents[rows..], schema);
        double before = PeakMegabytes();
        var options = new DGatingBinaryTrainer.Options { MaximumFeatureCount = count, NumberOfThreads = 1, Seed = seed };
        var clock = Stopwatch.StartNew();
        BinaryPredictionTransformer<DGatingBinaryModelParameters> model =
            mlContext.BinaryClassification.Trainers.DGating(options).Fit(training);
        double seconds = clock.Elapsed.TotalSeconds, peak = PeakMegabytes();
        CalibratedBinaryClassificationMetrics metrics = mlContext.BinaryClassification.Evaluate(model.Transform(test));
        int found = planted.Count(model.Model.FeatureSelection.SelectedIndices.Contains);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"IDataView to transformer: {seconds:f1} s; {found} planted words found, " +
            $"accuracy {metrics.Accuracy:f4}, AUC {metrics.AreaUnderRocCurve:f4} on other rows; " +
            $"peak memory {peak:f0} MB, {before:f0} MB of it before the fit"));
    }

    // Only the matrix differs between the fits of the engine alone. They have no input noise, which the API would try on dense rows.
    private static double EngineSeconds(FeatureMatrix matrix, float[] labels, int[] planted, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, matrix.Rows)];
        var data = new TrainingSet(matrix, labels, null, GroupLayout.PerColumn(matrix.Columns), LearningTask.Binary);
        var settings = new FitSettings { Stop = StopRule.AtCount(count), InputNoise = 0, Seed = seed };
        var clock = Stopwatch.StartNew();
        using var workflow = new FitWorkflow(data, settings, new ThreadedExecutor(data, 1, RunContext.Silent), RunContext.Silent);
        FitResult fit = AutomaticFit.Run(workflow, all, []);
        double seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(matrix is SparseMatrix ? "sparse" : "dense")} rows, engine alone: {seconds:f1} s; " +
            $"{planted.Count(fit.Groups.Contains)} planted words found"));
        return seconds;
    }

    private static DesignMatrix Dense(SparseMatrix sparse)
    {
        var dense = new DesignMatrix(sparse.Columns);
        for (int row = 0; row < sparse.Rows; row++)
        {
            sparse.Read(row, dense.AddRow());
        }

        return dense;
    }

    private static Row Document(Random random, double[] shares, int[] planted, int slots)
    {
        var indices = new SortedSet<int>();
        // Common words are drawn one by one. For rare words the gap to the next one is drawn, since words are at most as frequent as those
        // before them.
        for (int slot = 0; slot < slots;)
        {
            double share = shares[slot];
            int gap = share > 0.5 ? 0 : (int)(Math.Log(1 - random.NextDouble()) / Math.Log(1 - share));
            slot += gap;
            if (slot < slots && random.NextDouble() < (share > 0.5 ? shares[slot] : shares[slot] / share))
            {
                indices.Add(slot);
            }

            slot++;
        }

        int[] slotsOfRow = [.. indices];
        float[] counts = [.. slotsOfRow.Select(_ => 1f + (random.Next(4) == 0 ? 1 : 0))];
        double logit = Enumerable.Range(0, planted.Length)
            .Where(i => indices.Contains(planted[i]))
            .Sum(i => i % 2 == 0 ? Effect : -Effect);
        return new Row
        {
            Features = new VBuffer<float>(slots, slotsOfRow.Length, counts, slotsOfRow),
            Label = random.NextDouble() < 1 / (1 + Math.Exp(-logit)),
        };
    }

    // The planted words go from common to rare ones, evenly on a logarithmic scale.
    private static int PlantedSlot(int i, int slots) =>
        (int)(20 * Math.Pow(slots / 2_000.0, (double)i / (Planted - 1)) * (1 + 0.05 * i));

    // The share of rows in which a word occurs follows Zipf's law.
    private static double[] SharesOf(int slots, int words)
    {
        double[] shares = [.. Enumerable.Range(0, slots).Select(rank => 1.0 / (3 + rank))];
        double total = shares.Sum();
        return Array.ConvertAll(shares, share => Math.Min(0.9, words * share / total));
    }

    private static double PeakMegabytes()
    {
        const string status = "/proc/self/status";
        string? line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
            : null;
        return line is null
            ? Process.GetCurrentProcess().PeakWorkingSet64 / 1e6
            : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1e3;
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
