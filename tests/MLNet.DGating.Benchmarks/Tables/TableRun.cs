using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds what came of training a method on a split with a seed.</summary>
/// <param name="Split">The number of the split.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Score">The score on the test rows.</param>
/// <param name="Seconds">The seconds of training, on encoded rows in memory.</param>
/// <param name="Features">The numbers and categories that the model uses; null where it does not tell.</param>
/// <param name="Pairs">The pairs of them that have a function of their own beside curves.</param>
internal sealed record TableRun(int Split, int Seed, ProperScore Score, double Seconds, int? Features, int Pairs)
{
    /// <summary>Trains and measures.</summary>
    public static TableRun Measure(TableMethod method, EncodedSplit data, int split, int seed, int? informative)
    {
        var context = new MLContext(seed);
        IEstimator<ITransformer> trainer = method.Create(context, data.Schema.Task, informative ?? data.FeatureCount);
        var clock = Stopwatch.StartNew();
        ITransformer model = trainer.Fit(data.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        var score = ProperScore.Of(model.Transform(data.Test), data.Schema.Task);
        return new TableRun(split, seed, score, seconds, method.TellsFeatures ? Used(model, data.Training.Schema) : null, PairsOf(model));
    }

    private static int PairsOf(ITransformer model) => model switch
    {
        IPredictionTransformer<DGatingModelParameters<float>> scalar => scalar.Model.FeatureSelection.Pairs.Count,
        IPredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector => vector.Model.FeatureSelection.Pairs.Count,
        _ => 0,
    };

    private static int? Used(ITransformer model, DataViewSchema schema)
    {
        ITransformer last = model is IEnumerable<ITransformer> chain ? chain.Last() : model;
        if (last is not ISingleFeaturePredictionTransformer<object> { Model: IHaveFeatureWeights weighted } prediction)
        {
            return null;
        }

        VBuffer<float> weights = default;
        weighted.GetFeatureWeights(ref weights);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[prediction.FeatureColumnName].GetSlotNames(ref names);
        // A slot of a category is called CATEGORY.VALUE.
        return names.DenseValues().Zip(weights.DenseValues()).Where(slot => slot.Second != 0)
            .Select(slot => slot.First.ToString().Split('.')[0]).Distinct().Count();
    }
}
