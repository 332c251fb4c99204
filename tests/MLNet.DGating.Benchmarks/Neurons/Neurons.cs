using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures what is left of hidden layers whose neurons are selected, and how fast the rest scores rows.</summary>
internal static class Neurons
{
    private const int Repetitions = 7;

    public static void Run(Arguments arguments)
    {
        string[] only = arguments.Text("only", "adult,california,rules,centers").Split(',');
        int[] widths = [.. arguments.Text("widths", "32,128,512").Split(',').Select(int.Parse)];
        DGatingNumericEncoding encoding = Enum.Parse<DGatingNumericEncoding>(arguments.Text("encoding", "None"), ignoreCase: true);
        var methods = new TableMethods(arguments.Threads);
        Console.WriteLine("| table | layer | neurons | loss | accuracy | µs a row | seconds of training |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (PlainTable table in Tables.All(arguments).Where(table => only.Contains(table.Name)))
        {
            EncodedSplit[] splits =
            [
                .. Enumerable.Range(arguments.Integer("first", 0), arguments.Integer("splits", 3))
                    .Select(split => new EncodedSplit(new MLContext(0), table.Split(split))),
            ];
            foreach (int width in widths)
            {
                foreach (bool isSelected in (bool[])[false, true])
                {
                    Measured[] runs = Array.ConvertAll(splits, split => Measure(split, methods, width, isSelected, encoding));
                    double[] losses = Array.ConvertAll(runs, run => run.Score.Loss);
                    Console.WriteLine(
                        $"| {table.Name} | {width}{(isSelected ? ", selected" : "")} | {runs.Average(run => run.Neurons):f1} " +
                        $"| {losses.Average():f4} ± {TableResult.StandardError(losses):f4} " +
                        $"| {runs.Average(run => run.Score.Accuracy):f4} " +
                        $"| {runs.Average(run => run.Microseconds):f3} | {runs.Average(run => run.Seconds):f1} |");
                }
            }
        }
    }

    private static Measured Measure(EncodedSplit split, TableMethods methods, int width, bool isSelected, DGatingNumericEncoding encoding)
    {
        var context = new MLContext(1);
        IEstimator<ITransformer> trainer = methods.DGating(context, split.Schema.Task, null, options =>
        {
            options.HiddenLayers = [width];
            options.SelectNeurons = isSelected;
            options.NumericEncoding = encoding;
        });
        var clock = Stopwatch.StartNew();
        ITransformer model = trainer.Fit(split.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        CollapsedNetwork network = model switch
        {
            ISingleFeaturePredictionTransformer<DGatingModelParameters<float>> scalar => scalar.Model.Network,
            ISingleFeaturePredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector => vector.Model.Network,
            _ => throw new ArgumentException($"Unexpected {model}.", nameof(split)),
        };
        var score = ProperScore.Of(model.Transform(split.Test), split.Schema.Task);
        return new Measured(network.Hidden.Sum(layer => layer.Outputs), score, MicrosecondsOf(network, split.Test), seconds);
    }

    // The least of several passes, without ML.NET around it.
    private static double MicrosecondsOf(CollapsedNetwork network, IDataView test)
    {
        float[][] rows = [.. test.GetColumn<float[]>(EncodedSplit.Features)];
        float[] scores = new float[network.OutputCount];
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (float[] row in rows)
            {
                network.Score(row, scores, scratch);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows.Length);
        }

        return best;
    }

    private sealed record Measured(int Neurons, ProperScore Score, double Microseconds, double Seconds);
}
