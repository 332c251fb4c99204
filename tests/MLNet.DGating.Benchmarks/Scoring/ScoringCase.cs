using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Provides the rows and the D-Gating model on which scoring is measured.</summary>
/// <remarks>The rows are random; half of the slots depend on the class, and the model keeps these.</remarks>
internal sealed class ScoringCase
{
    public const int Slots = 100, Kept = 50, Classes = 10, Rows = 20_000, TrainingRows = 4000;

    public ScoringCase()
    {
        var random = new Random(0);
        Inputs = [.. Enumerable.Range(0, Rows).Select(i => new Row
        {
            Label = (uint)(i % Classes),
            Features = [.. Enumerable.Range(0, Slots).Select(slot => (float)(random.NextDouble() + Effect(slot, i % Classes)))],
        })];
        Data = Context.Data.LoadFromEnumerable(Inputs);
        Model = Context.MulticlassClassification.Trainers.DGating(new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = Kept,
            InputNoise = 0,
            NumberOfDenseIterations = 2,
            NumberOfRefitIterations = 2,
            LambdaGrowth = 1.5,
        }).Fit(Context.Data.TakeRows(Data, TrainingRows));

        static double Effect(int slot, int label) => slot % 2 == 0 && slot / 2 % Classes == label ? 0.5 : 0;
    }

    public MLContext Context { get; } = new(seed: 0);

    /// <summary>The rows as objects, for spans and for prediction engines.</summary>
    public Row[] Inputs { get; }

    /// <summary>The same objects as a data view.</summary>
    public IDataView Data { get; }

    public MulticlassPredictionTransformer<DGatingMulticlassModelParameters> Model { get; }

    public CollapsedNetwork Network => Model.Model.Network;

    public sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(Slots)]
        public float[] Features { get; set; } = [];
    }
}
