using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds a split as feature columns in memory, encoded by what the training rows have.</summary>
internal sealed class EncodedSplit
{
    /// <summary>Categories one-hot; a missing number is the mean, and a column beside it tells.</summary>
    public const string Features = "Features";

    /// <summary>Categories one-hot; a missing number is NaN, for trees that know what to do with it.</summary>
    public const string FeaturesWithMissing = "FeaturesWithMissing";

    public EncodedSplit(MLContext context, PlainSplit split)
    {
        Schema = split.Schema;
        string[] numbers = Schema.Numbers, categories = Schema.Categories;
        string[] missing = [.. numbers.Where((_, i) => split.Training.Any(row => float.IsNaN(row.Numbers[i])))];
        var training = new PlainView(Schema, split.Training);
        IEstimator<ITransformer> encode = context.Transforms.Concatenate(FeaturesWithMissing, [.. categories, .. numbers]);
        if (missing.Length > 0)
        {
            InputOutputColumnPair[] indicators = [.. missing.Select(name => new InputOutputColumnPair(Indicator(name), name))];
            InputOutputColumnPair[] filled = [.. missing.Select(name => new InputOutputColumnPair(name))];
            encode = encode.Append(context.Transforms.IndicateMissingValues(indicators))
                .Append(context.Transforms.Conversion.ConvertType(
                    [.. missing.Select(name => new InputOutputColumnPair(Indicator(name)))], DataKind.Single))
                .Append(context.Transforms.ReplaceMissingValues(filled, MissingValueReplacingEstimator.ReplacementMode.Mean));
        }

        encode = encode.Append(context.Transforms.Concatenate(Features, [.. categories, .. numbers, .. missing.Select(Indicator)]));
        if (categories.Length > 0)
        {
            encode = context.Transforms.Categorical.OneHotEncoding([.. categories.Select(name => new InputOutputColumnPair(name))])
                .Append(encode);
        }

        ITransformer encoder = encode.Fit(training);
        FeatureCount = numbers.Length + categories.Length + missing.Length;
        TrainingRows = split.Training.Length;
        Training = InMemory(context, encoder.Transform(training));
        Test = InMemory(context, encoder.Transform(new PlainView(Schema, split.Test)));

        static string Indicator(string name) => name + "_missing";
    }

    public TableSchema Schema { get; }

    /// <summary>The number of numbers, categories and indicators of missing values.</summary>
    public int FeatureCount { get; }

    public int TrainingRows { get; }

    public IDataView Training { get; }

    public IDataView Test { get; }

    private static IDataView InMemory(MLContext context, IDataView view)
    {
        IDataView cached = context.Data.Cache(view, Features, FeaturesWithMissing, PlainView.Label);
        using DataViewRowCursor cursor = cached.GetRowCursor(cached.Schema);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(cached.Schema[Features]);
        ValueGetter<VBuffer<float>> withMissing = cursor.GetGetter<VBuffer<float>>(cached.Schema[FeaturesWithMissing]);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            features(ref row);
            withMissing(ref row);
        }

        return cached;
    }
}
