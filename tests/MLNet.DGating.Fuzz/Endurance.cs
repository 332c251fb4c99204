using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace MLNet.DGating.Fuzz;

/// <summary>Many small fits in one process, and fits that are cancelled at random moments: nothing grows.</summary>
/// <param name="seed">What data and moments follow from.</param>
internal sealed class Endurance(int seed)
{
    private const int Rows = 200, Slots = 8;

    // What is made once, such as threads and compiled code, is there after so many fits.
    private const int WarmUp = 50;

    // Beyond what the garbage collector and the allocator leave at one moment or another.
    private const long MostGrowth = 64L << 20;
    private const int MostHandles = 20, MostThreads = 8;

    private readonly Random _random = new(seed);
    private readonly Row[] _rows = Planted(new Random(seed));

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many fits were cancelled before their end.</summary>
    public int Cancelled { get; private set; }

    /// <summary>Carries out fits, and then cancels others; says what has grown.</summary>
    /// <param name="fits">The number of fits.</param>
    /// <param name="cancellations">The number of fits to cancel.</param>
    public void Run(int fits, int cancellations)
    {
        Repeat(WarmUp, _ => Fit(default));
        var before = Usage.Now();
        Say("before", before);
        var watch = Stopwatch.StartNew();
        Repeat(fits, _ => Fit(default));
        TimeSpan ofOne = watch.Elapsed / fits;
        var between = Usage.Now();
        Say($"after {fits} fits", between);
        Compare(before, between, $"{fits} fits");
        Repeat(cancellations, _ => Cancel(ofOne * _random.NextDouble()));
        var after = Usage.Now();
        Say($"after {cancellations} cancellations, {Cancelled} of them before the end", after);
        Compare(between, after, $"{cancellations} cancellations");
    }

    private static void Repeat(int times, Action<int> work)
    {
        for (int i = 0; i < times; i++)
        {
            work(i);
        }
    }

    private static void Say(string when, Usage usage) => Console.WriteLine(
        $"{when}: {usage.Resident >> 20} MB resident, {usage.Managed >> 20} MB managed, {usage.Handles} handles, {usage.Threads} threads, "
        + $"{usage.Tensors} tensors");

    private void Compare(Usage before, Usage after, string what)
    {
        Check("resident memory", after.Resident - before.Resident, MostGrowth);
        Check("managed memory", after.Managed - before.Managed, MostGrowth);
        Check("handles", after.Handles - before.Handles, MostHandles);
        Check("threads", after.Threads - before.Threads, MostThreads);
        Check("tensors", after.Tensors - before.Tensors, 0);

        void Check(string kind, long growth, long most)
        {
            if (growth > most)
            {
                Faults.Add($"{what}: {kind} grew by {growth}");
            }
        }
    }

    private void Cancel(TimeSpan after)
    {
        using var source = new CancellationTokenSource(after);
        try
        {
            Fit(source.Token);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
        }
    }

    private void Fit(CancellationToken cancellation)
    {
        var context = new MLContext(seed);
        IDataView rows = context.Data.LoadFromEnumerable(_rows);
        var options = new DGatingRegressionTrainer.Options
        {
            NumberOfDenseIterations = 5, NumberOfRefitIterations = 10, LambdaGrowth = 1.2, CancellationToken = cancellation,
        };
        using RegressionPredictionTransformer<DGatingRegressionModelParameters> model =
            context.Regression.Trainers.DGating(options).Fit(rows);
        _ = model.Transform(rows).GetColumn<float>("Score").Sum();
    }

    private static Row[] Planted(Random random) => [.. Enumerable.Range(0, Rows).Select(_ =>
    {
        float[] features = [.. Enumerable.Range(0, Slots).Select(_ => (float)(2 * random.NextDouble() - 1))];
        return new Row { Features = features, Label = features[0] - features[1] + (float)(0.1 * random.NextDouble()) };
    })];

    /// <summary>What a process holds.</summary>
    private sealed record Usage(long Resident, long Managed, int Handles, int Threads, long Tensors)
    {
        public static Usage Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            return new Usage(
                process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count,
                torch.Tensor.TotalCount);
        }
    }

    private sealed class Row
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
