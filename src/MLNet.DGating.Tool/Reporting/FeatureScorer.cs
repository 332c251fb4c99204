using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>Predicts rows of features: the probability of each class, or the number.</summary>
/// <param name="mlContext">The ML.NET context.</param>
/// <param name="fitted">The model.</param>
/// <param name="label">The label.</param>
internal sealed class FeatureScorer(MLContext mlContext, FittedModel fitted, LabelColumn label)
{
    private readonly string _column = fitted.Selection.FeatureColumnName;

    /// <summary>The number of slots of a row.</summary>
    public int Slots => fitted.Selection.BySlot.Count;

    /// <summary>Draws rows of features from the training rows, spread over them.</summary>
    /// <param name="most">The most rows.</param>
    /// <param name="seed">The seed of the draw.</param>
    public float[][] Sample(int most, int seed)
    {
        var random = new Random(seed);
        var sample = new List<float[]>();
        int seen = 0;
        foreach (VBuffer<float> row in fitted.Rows.GetColumn<VBuffer<float>>(_column))
        {
            int place = seen++ < most ? sample.Count : random.Next(seen);
            if (place == sample.Count && place < most)
            {
                sample.Add([.. row.DenseValues()]);
            }
            else if (place < most)
            {
                sample[place] = [.. row.DenseValues()];
            }
        }

        // In any order, so that the first of them are as good a sample.
        float[][] drawn = [.. sample];
        random.Shuffle(drawn);
        return drawn;
    }

    /// <summary>Predicts rows: of two classes the probability of the positive one, of several that of each, else the number.</summary>
    public IEnumerable<double[]> Predict(IEnumerable<float[]> rows)
    {
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        SchemaDefinition.Column values = definition[nameof(FeatureRow.Values)];
        values.ColumnName = _column;
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, Slots);
        IDataView view = mlContext.Data.LoadFromEnumerable(
            rows.Select(row => new FeatureRow { Values = new VBuffer<float>(row.Length, row) }), definition);
        IDataView scored = fitted.Predictor.Transform(view);
        return label.Task switch
        {
            LearningTask.Binary => scored.GetColumn<float>("Probability").Select(value => new double[] { value }),
            LearningTask.Multiclass => scored.GetColumn<VBuffer<float>>("Score")
                .Select(values => values.DenseValues().Select(value => (double)value).ToArray()),
            _ => scored.GetColumn<float>("Score").Select(value => new double[] { value + (label.Centre ?? 0) }),
        };
    }
}
