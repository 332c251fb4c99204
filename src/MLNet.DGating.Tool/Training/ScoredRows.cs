using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>The labels, predictions and weights of scored rows.</summary>
internal static class ScoredRows
{
    public static IEnumerable<ScoredNumber> Numbers(IDataView scored, PipelineNames names, double centre)
    {
        foreach ((Func<double> label, Func<float> score, Func<float> weight, Func<long?> block) in
            Rows(scored, names, row => (Get<double>(row, names.ExactLabel), Get<float>(row, "Score"))))
        {
            yield return new(label(), score() + centre, weight()) { Block = block() };
        }
    }

    public static IEnumerable<ScoredBoolean> Binary(IDataView scored, PipelineNames names)
    {
        foreach ((Func<bool> label, Func<(float, float, bool)> score, Func<float> weight, Func<long?> block) in
            Rows(scored, names, row =>
        {
            (Func<float> raw, Func<float> probability, Func<bool> predicted) =
                (Get<float>(row, "Score"), Get<float>(row, "Probability"), Get<bool>(row, "PredictedLabel"));
            return (Get<bool>(row, names.Label), (Func<(float, float, bool)>)(() => (raw(), probability(), predicted())));
        }))
        {
            (float raw, float probability, bool predicted) = score();
            yield return new(label(), predicted, raw, probability, weight()) { Block = block() };
        }
    }

    public static IEnumerable<ScoredClass> Multiclass(IDataView scored, PipelineNames names)
    {
        foreach ((Func<uint> label, Func<(uint, VBuffer<float>)> score, Func<float> weight, Func<long?> block) in
            Rows(scored, names, row =>
        {
            (Func<uint> predicted, Func<VBuffer<float>> probabilities) =
                (Get<uint>(row, "PredictedLabel"), Get<VBuffer<float>>(row, "Score"));
            return (Get<uint>(row, names.Label), (Func<(uint, VBuffer<float>)>)(() => (predicted(), probabilities())));
        }))
        {
            // Keys count from 1.
            (uint predicted, VBuffer<float> probabilities) = score();
            yield return new((int)label() - 1, (int)predicted - 1, [.. probabilities.DenseValues()], weight()) { Block = block() };
        }
    }

    private static IEnumerable<(TLabel Label, TScore Score, Func<float> Weight, Func<long?> Block)> Rows<TLabel, TScore>(
        IDataView scored, PipelineNames names, Func<DataViewRow, (TLabel Label, TScore Score)> getters)
    {
        string[] wanted =
            ["Score", "Probability", "PredictedLabel", names.Label, names.ExactLabel, names.Weight ?? names.Label, names.Group];
        DataViewSchema.Column[] columns =
            [.. wanted.Distinct().Select(scored.Schema.GetColumnOrNull).OfType<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = scored.GetRowCursor(columns);
        (TLabel label, TScore score) = getters(cursor);
        Func<float> weight = names.Weight is { } name ? Get<float>(cursor, name) : () => 1;
        Func<long?> block = Block(cursor, names.Group);
        while (cursor.MoveNext())
        {
            // As in training, rows of no weight or an unknown one do not count.
            if (weight() > 0)
            {
                yield return (label, score, weight, block);
            }
        }
    }

    // Rows of one value of the group belong together.
    private static Func<long?> Block(DataViewRow row, string group)
    {
        if (row.Schema.GetColumnOrNull(group) is null)
        {
            return () => null;
        }

        Func<ReadOnlyMemory<char>> value = Get<ReadOnlyMemory<char>>(row, group);
        return () => RowFilters.Hash(value().Span);
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
