using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Rows scored a second by a fitted model, through spans and through ML.NET, beside the same network run row by row through TorchSharp.</summary>
internal static class Scoring
{
    private const int Slots = 100, Kept = 50, Classes = 10, Rows = 4000;

    public static void Run()
    {
        var context = new MLContext(seed: 0);
        (IDataView data, float[][] features) = Data(context);
        var transformer = context.MulticlassClassification.Trainers.DGating(new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = Kept, InputNoise = 0, NumberOfDenseIterations = 2, NumberOfRefitIterations = 2, LambdaGrowth = 1.5,
        }).Fit(data);
        CollapsedNetwork network = transformer.Model.Network;

        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        var scores = new float[Classes];
        double spans = PerRow(() => Array.ForEach(features, row => network.Score(row, scores, scratch)));
        double cursor = PerRow(() => Consume(transformer, data));
        double torchRows = TorchRowByRow(features);
        Console.WriteLine($"{Kept} of {Slots} slots, hidden {DGatingDefaults.HiddenNeurons}, {Classes} classes, one thread:");
        Console.WriteLine($"  spans               {1 / spans,12:n0} rows/s   {1e6 * spans,8:f2} µs a row");
        Console.WriteLine($"  ML.NET cursor       {1 / cursor,12:n0} rows/s   {1e6 * cursor,8:f2} µs a row");
        Console.WriteLine($"  TorchSharp, by row  {1 / torchRows,12:n0} rows/s   {1e6 * torchRows,8:f2} µs a row");
        Console.WriteLine($"  spans / TorchSharp {torchRows / spans:f1}; ML.NET cursor / TorchSharp {torchRows / cursor:f1}");
    }

    private static double PerRow(Action all) => Stopwatching.SecondsPerCall(all) / Rows;

    private static void Consume(MulticlassPredictionTransformer<DGatingMulticlassModelParameters> transformer, IDataView data)
    {
        IDataView scored = transformer.Transform(data);
        DataViewSchema.Column column = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> score = default;
        while (cursor.MoveNext())
        {
            getter(ref score);
        }
    }

    private static double TorchRowByRow(float[][] features)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        using var noGradient = no_grad();
        using var network = nn.Sequential(
            ("hidden", nn.Linear(Kept, DGatingDefaults.HiddenNeurons)), ("relu", nn.ReLU()),
            ("output", nn.Linear(DGatingDefaults.HiddenNeurons, Classes)), ("softmax", nn.Softmax(1)));
        var selected = features[0][..Kept];
        return Stopwatching.SecondsPerCall(() =>
        {
            using Tensor row = tensor(selected, [1, Kept]);
            using Tensor scores = network.call(row);
            GC.KeepAlive(scores.data<float>()[0]);
        });
    }

    private static (IDataView Data, float[][] Features) Data(MLContext context)
    {
        var random = new Random(0);
        Row[] rows = [.. Enumerable.Range(0, Rows).Select(i => new Row
        {
            Label = (uint)(i % Classes) + 1,
            Features = [.. Enumerable.Range(0, Slots).Select(slot => (float)(random.NextDouble() + (slot % Classes == i % Classes ? 0.5 : 0)))],
        })];
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Slots);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        return (context.Data.LoadFromEnumerable(rows, schema), Array.ConvertAll(rows, row => row.Features));
    }

    private sealed class Row
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
