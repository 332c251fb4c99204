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
        (double torchRow, double torchLayers) = TorchRowByRow(network, features);
        Console.WriteLine($"{Kept} of {Slots} slots, hidden {DGatingDefaults.HiddenNeurons}, {Classes} classes, one thread:");
        Line("spans", spans);
        Line("ML.NET cursor", cursor);
        Line("TorchSharp, row by row", torchRow);
        Line("its layers alone", torchLayers);
        Console.WriteLine($"spans {torchRow / spans:f1} times TorchSharp, {torchLayers / spans:f1} times its layers alone; ML.NET cursor {torchRow / cursor:f1} times TorchSharp");

        static void Line(string what, double seconds) => Console.WriteLine($"  {what,-24}{1 / seconds,12:n0} rows/s   {1e6 * seconds,8:f2} µs a row");
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

    // The same function: pick the slots, standardize, clip, layers, softmax. And its layers alone, given the standardized slots.
    private static (double Whole, double LayersAlone) TorchRowByRow(CollapsedNetwork model, float[][] features)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        using var noGradient = no_grad();
        using Tensor slots = tensor(Array.ConvertAll(model.Inputs.Slots.ToArray(), slot => (long)slot));
        using Tensor mean = tensor(model.Inputs.Mean.ToArray()), inverse = tensor(model.Inputs.InverseDeviation.ToArray());
        using var layers = nn.Sequential(
            ("hidden", nn.Linear(Kept, DGatingDefaults.HiddenNeurons)), ("relu", nn.ReLU()),
            ("output", nn.Linear(DGatingDefaults.HiddenNeurons, Classes)), ("softmax", nn.Softmax(1)));
        float[] selected = features[0][..Kept];
        double whole = Stopwatching.SecondsPerCall(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor z = tensor(features[0], [1, Slots]).index_select(1, slots).sub_(mean).mul_(inverse).clamp_(-DGatingDefaults.StandardizedBound, DGatingDefaults.StandardizedBound);
            GC.KeepAlive(layers.call(z).data<float>()[0]);
        });
        double layersAlone = Stopwatching.SecondsPerCall(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            GC.KeepAlive(layers.call(tensor(selected, [1, Kept])).data<float>()[0]);
        });
        return (whole, layersAlone);
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
