using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures what a pipeline of ten columns costs, of which the model reads four, before and after pruning, and as ONNX.</summary>
internal static class PrunedScoring
{
    private const int Rows = 20_000, Repetitions = 7;

    public static void Run()
    {
        var context = new MLContext(seed: 1);
        Row[] rows = Row.Create(Rows);
        IDataView data = context.Data.LoadFromEnumerable(rows);
        ITransformer whole = Pipeline(context).Fit(context.Data.TakeRows(data, 4000));
        DGatingPrunedModel pruned = context.Model.Prune(whole, data.Schema);
        Console.WriteLine($"columns {data.Schema.Count} → {pruned.InputSchema.Count}: "
            + string.Join(", ", pruned.InputSchema.Select(column => column.Name)));
        Console.WriteLine($"zip, bytes {Size(context, whole, data.Schema)} → {Size(context, pruned.Model, pruned.InputSchema)}");
        Console.WriteLine($"one row, µs {OneRow(context, whole, rows):f2} → {OneRow(context, pruned.Model, rows):f2}");
        Console.WriteLine($"a pass, µs a row {Pass(whole, data):f2} → {Pass(pruned.Model, data):f2}");
        using var stream = new MemoryStream();
        pruned.SaveAsOnnx(stream);
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(stream.ToArray(), options);
        Console.WriteLine($"ONNX Runtime, µs a row: one at a time {Onnx(session, rows, 1):f2}, "
            + $"1,000 at a time {Onnx(session, rows, 1000):f2}; {stream.Length} bytes");
    }

    private static EstimatorChain<ITransformer> Pipeline(MLContext context)
    {
        string[] numbers = ["N0", "N1", "N2", "N3", "N4", "N5"], categories = ["C0", "C1", "C2"];
        return context.Transforms
            .ReplaceMissingValues([.. numbers.Select(number => new InputOutputColumnPair(number))])
            .Append(context.Transforms.Categorical.OneHotEncoding([.. categories.Select(category => new InputOutputColumnPair(category))]))
            .Append(context.Transforms.Text.FeaturizeText("Words", nameof(Row.Subject)))
            .Append(context.Transforms.Concatenate("Features", [.. numbers, .. categories, "Words"]))
            .Append((IEstimator<ITransformer>)context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
            {
                MaximumFeatureCount = 4,
            }));
    }

    private static long Size(MLContext context, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, schema, stream);
        return stream.Length;
    }

    private static double OneRow(MLContext context, ITransformer model, Row[] rows)
    {
        using PredictionEngine<Row, Prediction> engine = context.Model.CreatePredictionEngine<Row, Prediction>(model);
        var prediction = new Prediction();
        return Best(() =>
        {
            foreach (Row row in rows)
            {
                engine.Predict(row, ref prediction);
            }
        });
    }

    private static double Pass(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        return Best(() =>
        {
            float score = 0;
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            ValueGetter<float> getter = cursor.GetGetter<float>(scored.Schema["Score"]);
            while (cursor.MoveNext())
            {
                getter(ref score);
            }
        });
    }

    private static double Onnx(InferenceSession session, Row[] rows, int batch)
    {
        List<NamedOnnxValue[]> batches = [.. rows.Chunk(batch).Take(2000).Select(part => Inputs(session, part))];
        return Best(() =>
        {
            foreach (NamedOnnxValue[] inputs in batches)
            {
                session.Run(inputs).Dispose();
            }
        }, batches.Count * batch);
    }

    private static NamedOnnxValue[] Inputs(InferenceSession session, Row[] rows) =>
    [
        .. session.InputMetadata.Select(input => input.Value.ElementDataType == TensorElementType.String
            ? NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<string>(
                rows.Select(row => (string)Cell(row, input.Key)).ToArray(), [rows.Length, 1]))
            : NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<float>(
                rows.Select(row => (float)Cell(row, input.Key)).ToArray(), [rows.Length, 1]))),
    ];

    private static object Cell(Row row, string column) => typeof(Row).GetProperty(column)!.GetValue(row)!;

    // The fastest of several passes, in microseconds a row.
    private static double Best(Action pass, int rows = Rows) => Enumerable.Range(0, Repetitions).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows;
    });

    private sealed class Row
    {
        private static readonly string[] s_words = ["offer", "now", "meeting", "the", "team", "free", "hello", "report", "cheap", "plan"];

        public float N0 { get; set; }

        public float N1 { get; set; }

        public float N2 { get; set; }

        public float N3 { get; set; }

        public float N4 { get; set; }

        public float N5 { get; set; }

        public string C0 { get; set; } = "";

        public string C1 { get; set; } = "";

        public string C2 { get; set; } = "";

        public string Subject { get; set; } = "";

        public float Label { get; set; }

        public static Row[] Create(int count)
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, count).Select(_ => Create(random))];
        }

        private static Row Create(Random random)
        {
            var row = new Row
            {
                N0 = random.NextSingle(),
                N1 = random.Next(20) == 0 ? float.NaN : random.NextSingle(),
                N2 = random.NextSingle(),
                N3 = random.NextSingle(),
                N4 = random.NextSingle(),
                N5 = random.NextSingle(),
                C0 = $"a{random.Next(5)}",
                C1 = $"b{random.Next(20)}",
                C2 = $"c{random.Next(50)}",
                Subject = string.Join(' ', Enumerable.Range(0, 8).Select(_ => s_words[random.Next(s_words.Length)])),
            };
            row.Label = 3 * row.N0 + (float.IsNaN(row.N1) ? 0 : 2 * row.N1) - row.N2 * row.N2 + (row.C0 is "a1" or "a2" ? 2 : 0);
            return row;
        }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
