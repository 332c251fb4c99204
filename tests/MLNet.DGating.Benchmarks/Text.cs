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

/// <summary>
/// A bag of words through the public API: how long a fit takes, how much memory, and how many of the words that make the label it
/// finds. Where asked, also the engine alone on the same rows sparse and dense.
/// </summary>
internal static class Text
{
    private const int Planted = 30;
    private const double Effect = 3;

    public static void Run(Arguments arguments)
    {
        int rows = arguments.Whole("rows", 20_000), slots = arguments.Whole("slots", 50_000), words = arguments.Whole("words", 60), count = arguments.Whole("count", 50);
        int seed = arguments.Whole("seed", 0);
        TorchRuntime.EnsureLoaded();
        var mlContext = new MLContext(seed: seed);
        var random = new Random(seed);
        double[] shares = SharesOf(slots, words);
        int[] planted = [.. Enumerable.Range(0, Planted).Select(i => (int)(20 * Math.Pow(slots / 2_000.0, (double)i / (Planted - 1)) * (1 + 0.05 * i)))];
        Row[] documents = [.. Enumerable.Range(0, rows + rows / 4).Select(_ => Document(random, shares, planted, slots))];
        double stored = documents.Average(document => document.Features.GetValues().Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} rows × {slots} slots, {stored:f1} of them not zero a row; {Planted} planted words, in {shares[planted[0]]:p1} to {shares[planted[^1]]:p2} of the rows; {count} kept"));
        Fit(mlContext, documents, rows, slots, planted, count, seed);
        if (arguments.Whole("dense", 0) == 1)
        {
            var sparse = new SparseMatrix(slots);
            Array.ForEach(documents[..rows], document => sparse.AddRow(document.Features.GetIndices(), document.Features.GetValues()));
            float[] labels = [.. documents[..rows].Select(document => document.Label ? 1f : 0)];
            double seconds = EngineSeconds(sparse, labels, planted, count, seed);
            double denseSeconds = EngineSeconds(Dense(sparse), labels, planted, count, seed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dense / sparse: {denseSeconds / seconds:f1} times the time; peak memory so far {PeakMegabytes():f0} MB"));
        }
    }

    private static void Fit(MLContext mlContext, Row[] documents, int rows, int slots, int[] planted, int count, int seed)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        IDataView training = mlContext.Data.LoadFromEnumerable(documents[..rows], schema), test = mlContext.Data.LoadFromEnumerable(documents[rows..], schema);
        double before = PeakMegabytes();
        var options = new DGatingBinaryTrainer.Options { MaximumFeatureCount = count, NumberOfThreads = 1, Seed = seed };
        var clock = Stopwatch.StartNew();
        var model = mlContext.BinaryClassification.Trainers.DGating(options).Fit(training);
        double seconds = clock.Elapsed.TotalSeconds, peak = PeakMegabytes();
        var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(test));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"IDataView to transformer: {seconds:f1} s; {planted.Count(model.Model.FeatureSelection.SelectedIndices.Contains)} planted words found, accuracy {metrics.Accuracy:f4}, AUC {metrics.AreaUnderRocCurve:f4} on other rows; peak memory {peak:f0} MB, {before:f0} MB of it before the fit"));
    }

    // The engine alone, so that only the matrix differs: without noise, which an IDataView's dense rows would be tried with.
    private static double EngineSeconds(FeatureMatrix matrix, float[] labels, int[] planted, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, matrix.Rows)];
        var data = new TrainingSet(matrix, labels, null, GroupLayout.PerColumn(matrix.Columns), LearningTask.Binary);
        var settings = new FitSettings { Stop = StopRule.AtCount(count), InputNoise = 0, Seed = seed };
        var clock = Stopwatch.StartNew();
        using var workflow = new FitWorkflow(data, settings, new ThreadedExecutor(data, 1, RunContext.Silent), RunContext.Silent);
        FitResult fit = AutomaticFit.Run(workflow, all, []);
        double seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(matrix is SparseMatrix ? "sparse" : "dense")} rows, engine alone: {seconds:f1} s; {planted.Count(fit.Groups.Contains)} planted words found"));
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
        // Common words one by one; of rare ones, gaps: each stretch of words is at most as frequent as its first.
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
        double logit = Enumerable.Range(0, planted.Length).Where(i => indices.Contains(planted[i])).Sum(i => i % 2 == 0 ? Effect : -Effect);
        return new Row
        {
            Features = new VBuffer<float>(slots, slotsOfRow.Length, counts, slotsOfRow),
            Label = random.NextDouble() < 1 / (1 + Math.Exp(-logit)),
        };
    }

    // Zipf's law: the share of rows in which a word occurs.
    private static double[] SharesOf(int slots, int words)
    {
        double[] shares = [.. Enumerable.Range(0, slots).Select(rank => 1.0 / (3 + rank))];
        double total = shares.Sum();
        return Array.ConvertAll(shares, share => Math.Min(0.9, words * share / total));
    }

    private static double PeakMegabytes()
    {
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM", StringComparison.Ordinal)) : null;
        return line is null ? Process.GetCurrentProcess().PeakWorkingSet64 / 1e6 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1e3;
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
