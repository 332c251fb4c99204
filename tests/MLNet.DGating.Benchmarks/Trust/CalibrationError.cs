using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures log-loss and expected calibration error on test rows, before and after calibration.</summary>
internal static partial class CalibrationError
{
    private const int Bins = 15;

    public static void Run(Arguments arguments)
    {
        string only = arguments.Text("only", ""), examples = arguments.Text("examples", "examples/data");
        int seeds = arguments.Integer("seeds", 5);
        Case[] cases =
        [
            new("adult", (context, _) => ExampleData.Adult(context, examples), new()),
            Planted(PlantedTable.All().Single(table => table.Name.StartsWith("churn", StringComparison.Ordinal))),
            Planted(new PlantedTable("fraud: 2 % of 20,000 rows, 5 of 20", 20_000, 20, [0, 1, 2, 3, 4],
                x => 1.5 * (x[0] + x[1] - x[2]) + x[3] * x[4] - 6.5)),
        ];
        Console.WriteLine("| data | factor of the scores | log-loss before | after | calibration error before | after |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|");
        foreach (Case data in cases.Where(each => each.Name.Contains(only, StringComparison.Ordinal)))
        {
            data.Options.NumberOfThreads = arguments.Threads;
            Measured[] all = [.. Enumerable.Range(0, seeds).Select(seed => Measure(seed, data))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {data.Name} | {string.Join(' ', all.Select(one => one.Factor.ToString("f2", CultureInfo.InvariantCulture)))} " +
                $"| {all.Average(one => one.Before.LogLoss):f4} | {all.Average(one => one.After.LogLoss):f4} " +
                $"| {all.Average(one => one.Before.Error):f4} | {all.Average(one => one.After.Error):f4} |"));
        }
    }

    private static Case Planted(PlantedTable table) => new(
        table.Name,
        (context, seed) => (table.Draw(context, table.Rows, 1000 + seed), table.Draw(context, 2 * PlantedTable.TestRows, 5000 + seed)),
        new DGatingBinaryTrainer.Options { Groups = table.Groups() });

    private static Measured Measure(int seed, Case data)
    {
        var context = new MLContext(seed);
        double factor = 1;
        context.Log += (_, message) => factor = Told().Match(message.Message) is { Success: true } told
            ? double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture)
            : factor;
        (IDataView training, IDataView test) = data.Load(context, seed);
        IDataView scored = context.BinaryClassification.Trainers.DGating(data.Options).Fit(training).Transform(test);
        bool[] labels = [.. scored.GetColumn<bool>("Label")];
        double[] scores = [.. scored.GetColumn<float>("Score").Select(score => (double)score)];
        double share = training.GetColumn<bool>("Label").Average(label => label ? 1.0 : 0);
        double center = Math.Log(share / (1 - share));
        double[] before = Array.ConvertAll(scores, score => center + (score - center) / factor);
        return new Measured(factor, Of(before, labels), Of(scores, labels));
    }

    private static (double LogLoss, double Error) Of(double[] scores, bool[] labels)
    {
        double[] probabilities = Array.ConvertAll(scores, score => 1 / (1 + Math.Exp(-score)));
        double loss = probabilities.Zip(labels).Average(row => -Math.Log(Math.Max(row.Second ? row.First : 1 - row.First, 1e-12)));
        // Bins of equal counts, since most probabilities of rare classes are near 0.
        IEnumerable<(double First, bool Second)[]> bins =
            probabilities.Zip(labels).OrderBy(row => row.First).Chunk((labels.Length + Bins - 1) / Bins);
        double error = bins.Sum(bin =>
            bin.Length * Math.Abs(bin.Average(row => row.First) - bin.Average(row => row.Second ? 1.0 : 0))) / labels.Length;
        return (loss, error);
    }

    [GeneratedRegex("Calibrated: scores are taken to ([0-9.e+-]+) of")]
    private static partial Regex Told();

    private sealed record Case(
        string Name, Func<MLContext, int, (IDataView Training, IDataView Test)> Load, DGatingBinaryTrainer.Options Options);

    private sealed record Measured(double Factor, (double LogLoss, double Error) Before, (double LogLoss, double Error) After);
}
