using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model;

namespace MLNet.DGating.Tests.Support;

/// <summary>A fitted transformer of any task, opened for a look inside.</summary>
internal sealed class Fitted(ITransformer transformer)
{
    public ITransformer Transformer { get; } = transformer;

    public object Model { get; } =
        ((IPredictionTransformer<object>)((transformer as TransformerChain<ITransformer>)?.LastTransformer ?? transformer)).Model;

    public FeatureSelectionReport Report => Model switch
    {
        DGatingModelParameters<float> scalar => scalar.FeatureSelection,
        DGatingModelParameters<VBuffer<float>> vector => vector.FeatureSelection,
        _ => throw new InvalidOperationException(Model.GetType().Name),
    };

    public IReadOnlyList<DGatingPathPoint> Path =>
        (Model as DGatingModelParameters<float>)?.Path ?? ((DGatingModelParameters<VBuffer<float>>)Model).Path;

    /// <summary>ML.NET's weight of each slot.</summary>
    public float[] FeatureWeights
    {
        get
        {
            VBuffer<float> weights = default;
            ((IHaveFeatureWeights)Model).GetFeatureWeights(ref weights);
            return [.. weights.DenseValues()];
        }
    }

    public int[] Selected => [.. Report.SelectedIndices];

    public float[] Scores(MLContext context, IReadOnlyList<DataRow> rows) =>
        Predictions.Of(Transformer.Transform(DataRow.View(context, rows)));

    public byte[] Bits(MLContext context, IReadOnlyList<DataRow> rows) =>
        Predictions.Bits(Transformer.Transform(DataRow.View(context, rows)));

    /// <summary>The same model after a way through a file.</summary>
    public Fitted SaveAndLoad(MLContext context, DataViewSchema inputSchema)
    {
        using var stream = new MemoryStream();
        context.Model.Save(Transformer, inputSchema, stream);
        stream.Position = 0;
        return new Fitted(context.Model.Load(stream, out _));
    }
}
