using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>
/// A bag of words through the public API: how long a fit takes, how much memory, and how many of the words that make the label it
/// finds. The same rows are also fitted dense where that is asked for.
/// </summary>
internal static class Text
{
    private const int Planted = 30;
    private const double Effect = 3;

    public static void Run(Arguments arguments)
    {
        int rows = arguments.Whole("rows", 20_000), slots = arguments.Whole("slots", 50_000), words = arguments.Whole("words", 60), count = arguments.Whole("count", 50);
        int seed = arguments.Whole("seed", 0);
        var mlContext = new MLContext(seed: seed);
        var random = new Random(seed);
        double[] shares = SharesOf(slots, words);
        int[] planted = [.. Enumerable.Range(0, Planted).Select(i => (int)(20 * Math.Pow(slots / 2_000.0, (double)i / (Planted - 1)) * (1 + 0.05 * i)))];
        Row[] documents = [.. Enumerable.Range(0, rows + rows / 4).Select(_ => Document(random, shares, planted, slots))];
        double stored = documents.Average(document => document.Features.GetValues().Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} rows × {slots} slots, {stored:f1} of them not zero a row; {Planted} planted words, in {shares[planted[0]]:p1} to {shares[planted[^1]]:p2} of the rows; {count} kept"));
        Fit(mlContext, "sparse", documents, rows, slots, planted, count, inputNoise: null, seed);
        if (arguments.Whole("dense", 0) == 1)
        {
            // So little noise is none, but rows are dense for it.
            Fit(mlContext, "dense", documents, rows, slots, planted, count, inputNoise: 1e-30, seed);
        }
    }

    private static void Fit(MLContext mlContext, string name, Row[] documents, int rows, int slots, int[] planted, int count, double? inputNoise, int seed)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        IDataView training = mlContext.Data.LoadFromEnumerable(documents[..rows], schema), test = mlContext.Data.LoadFromEnumerable(documents[rows..], schema);
        int iterations = 0;
        var options = new DGatingBinaryTrainer.Options
        {
            MaximumFeatureCount = count, InputNoise = inputNoise, NumberOfThreads = 1, Seed = seed, Progress = new Counter(() => iterations++),
        };
        var clock = Stopwatch.StartNew();
        var model = mlContext.BinaryClassification.Trainers.DGating(options).Fit(training);
        double seconds = clock.Elapsed.TotalSeconds;
        var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(test));
        int found = planted.Count(model.Model.FeatureSelection.SelectedIndices.Contains);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {seconds:f1} s, {iterations} iterations; {found} of {planted.Length} planted words found, accuracy {metrics.Accuracy:f4}, AUC {metrics.AreaUnderRocCurve:f4}; peak memory so far {PeakMegabytes():f0} MB"));
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

    private sealed class Counter(Action count) : IProgress<DGatingProgress>
    {
        public void Report(DGatingProgress value) => count();
    }
}
