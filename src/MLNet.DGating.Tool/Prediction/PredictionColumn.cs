using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A column of predictions: the label's word or number, or the probability of a class.</summary>
internal sealed class PredictionColumn
{
    private PredictionColumn(string heading, DataViewSchema.Column source, Func<DataViewRow, Func<string>> getter)
    {
        Heading = heading;
        Source = source;
        Getter = getter;
    }

    public string Heading { get; }

    /// <summary>The column of the scored rows that it comes from.</summary>
    public DataViewSchema.Column Source { get; }

    /// <summary>A function of a cursor that returns a function for the text of the current row.</summary>
    public Func<DataViewRow, Func<string>> Getter { get; }

    /// <summary>Returns the columns of a task: of two classes, the probability is that of the positive one.</summary>
    public static PredictionColumn[] Of(LabelColumn label, DataViewSchema scored)
    {
        switch (label.Task)
        {
            case LearningTask.Binary:
                return [Words(scored), Number($"Probability.{label.Positive}", scored["Probability"])];
            case LearningTask.Multiclass:
                DataViewSchema.Column score = scored["Score"];
                return [Words(scored), .. Slots(score).Select((name, slot) => Slot($"Probability.{name}", score, slot))];
            default:
                PredictionColumn number = label.Centre is null
                    ? Number(PredictionStep.Column, scored["Score"])
                    : Double(PredictionStep.Column, scored[PredictionStep.Column]);
                return scored.GetColumnOrNull(DGatingQuantileModelParameters.QuantilesColumnName) is { } quantiles
                    ? [number, .. Slots(quantiles).Select((name, slot) => Slot(name, quantiles, slot))]
                    : [number];
        }
    }

    private static IEnumerable<string> Slots(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static PredictionColumn Words(DataViewSchema scored)
    {
        DataViewSchema.Column source = scored[PredictionStep.Column];
        return new(PredictionStep.Column, source, row =>
        {
            ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(source);
            ReadOnlyMemory<char> value = default;
            return () =>
            {
                getter(ref value);
                return value.ToString();
            };
        });
    }

    private static PredictionColumn Number(string heading, DataViewSchema.Column source) => new(heading, source, row =>
    {
        ValueGetter<float> getter = row.GetGetter<float>(source);
        float value = 0;
        return () =>
        {
            getter(ref value);
            return value.ToString(CultureInfo.InvariantCulture);
        };
    });

    private static PredictionColumn Double(string heading, DataViewSchema.Column source) => new(heading, source, row =>
    {
        ValueGetter<double> getter = row.GetGetter<double>(source);
        double value = 0;
        return () =>
        {
            getter(ref value);
            return value.ToString(CultureInfo.InvariantCulture);
        };
    });

    private static PredictionColumn Slot(string heading, DataViewSchema.Column source, int slot) => new(heading, source, row =>
    {
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(source);
        VBuffer<float> values = default;
        return () =>
        {
            getter(ref values);
            return values.GetItemOrDefault(slot).ToString(CultureInfo.InvariantCulture);
        };
    });
}
