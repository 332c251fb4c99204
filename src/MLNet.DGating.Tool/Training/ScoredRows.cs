using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>The labels, predictions and weights of scored rows.</summary>
internal static class ScoredRows
{
    public static IEnumerable<ScoredNumber> Numbers(IDataView scored, PipelineNames names)
    {
        bool isExact = scored.Schema.GetColumnOrNull(PredictionStep.Column) is not null;
        foreach ((Func<double> label, Func<double> score, Func<float> weight) in
            Rows(scored, names, row => (Get<double>(row, names.ExactLabel), Score(row))))
        {
            yield return new(label(), score(), weight());
        }

        Func<double> Score(DataViewRow row)
        {
            if (isExact)
            {
                return Get<double>(row, PredictionStep.Column);
            }

            Func<float> score = Get<float>(row, "Score");
            return () => score();
        }
    }

    public static IEnumerable<ScoredBoolean> Binary(IDataView scored, PipelineNames names)
    {
        foreach ((Func<bool> label, Func<(float, float, bool)> score, Func<float> weight) in Rows(scored, names, row =>
        {
            (Func<float> raw, Func<float> probability, Func<bool> predicted) =
                (Get<float>(row, "Score"), Get<float>(row, "Probability"), Get<bool>(row, "PredictedLabel"));
            return (Get<bool>(row, names.Label), (Func<(float, float, bool)>)(() => (raw(), probability(), predicted())));
        }))
        {
            (float raw, float probability, bool predicted) = score();
            yield return new(label(), predicted, raw, probability, weight());
        }
    }

    public static IEnumerable<ScoredClass> Multiclass(IDataView scored, PipelineNames names)
    {
        foreach ((Func<uint> label, Func<(uint, VBuffer<float>)> score, Func<float> weight) in Rows(scored, names, row =>
        {
            (Func<uint> predicted, Func<VBuffer<float>> probabilities) =
                (Get<uint>(row, "PredictedLabel"), Get<VBuffer<float>>(row, "Score"));
            return (Get<uint>(row, names.Label), (Func<(uint, VBuffer<float>)>)(() => (predicted(), probabilities())));
        }))
        {
            // Keys count from 1.
            (uint predicted, VBuffer<float> probabilities) = score();
            int actual = (int)label() - 1;
            yield return new(actual, (int)predicted - 1, probabilities.GetItemOrDefault(actual), weight());
        }
    }

    private static IEnumerable<(TLabel Label, TScore Score, Func<float> Weight)> Rows<TLabel, TScore>(
        IDataView scored, PipelineNames names, Func<DataViewRow, (TLabel Label, TScore Score)> getters)
    {
        string[] wanted =
        [
            "Score", "Probability", "PredictedLabel", PredictionStep.Column, names.Label, names.ExactLabel, names.Weight ?? names.Label,
        ];
        DataViewSchema.Column[] columns =
            [.. wanted.Distinct().Select(scored.Schema.GetColumnOrNull).OfType<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = scored.GetRowCursor(columns);
        (TLabel label, TScore score) = getters(cursor);
        Func<float> weight = names.Weight is { } name ? Get<float>(cursor, name) : () => 1;
        while (cursor.MoveNext())
        {
            // As in training, rows of no weight or an unknown one do not count.
            if (weight() > 0)
            {
                yield return (label, score, weight);
            }
        }
    }

    private static Func<T> Get<T>(DataViewRow row, string column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(row.Schema[column]);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }
}
