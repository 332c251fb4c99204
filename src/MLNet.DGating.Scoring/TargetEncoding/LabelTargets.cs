using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Reads labels as numbers whose means are taken: a number itself, 0 or 1, or an indicator of each class.</summary>
internal sealed class LabelTargets
{
    private const int MaximumClasses = 100;

    private readonly DataViewSchema.Column _label;

    /// <param name="context">Throws user errors.</param>
    /// <param name="label">The label.</param>
    public LabelTargets(IExceptionContext context, DataViewSchema.Column label)
    {
        _label = label;
        if (label.Type is not KeyDataViewType key)
        {
            return;
        }

        context.CheckUserArg(key is { Count: > 0 and <= MaximumClasses, RawType: var raw } && raw == typeof(uint), nameof(label),
            FormattableString.Invariant(
                $"The label '{label.Name}' must be a key of UInt32 with at most {MaximumClasses} values, but is {key}."));
        Width = (int)key.Count;
        Names = [.. Enumerable.Range(0, Width).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        DataViewType? names = label.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type;
        if (names is VectorDataViewType { ItemType: TextDataViewType })
        {
            VBuffer<ReadOnlyMemory<char>> words = default;
            label.GetKeyValues(ref words);
            Names = [.. words.DenseValues().Select(word => word.ToString())];
        }
    }

    /// <summary>The count of numbers of a label.</summary>
    public int Width { get; } = 1;

    /// <summary>The names of the classes; none where there is one number.</summary>
    public string[] Names { get; } = [];

    public static bool IsOne(DataViewType type) =>
        type == BooleanDataViewType.Instance || type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    /// <summary>Returns a function that writes the numbers of the current row's label, and tells whether it has one.</summary>
    public Func<double[], bool> Reader(DataViewRow row)
    {
        if (_label.Type is KeyDataViewType)
        {
            ValueGetter<uint> key = row.GetGetter<uint>(_label);
            uint value = 0;
            return targets =>
            {
                key(ref value);
                Array.Clear(targets);
                if (value == 0 || value > targets.Length)
                {
                    return false;
                }

                targets[value - 1] = 1;
                return true;
            };
        }

        Func<double> number = Number(row);
        return targets => double.IsFinite(targets[0] = number());
    }

    private Func<double> Number(DataViewRow row)
    {
        if (_label.Type == BooleanDataViewType.Instance)
        {
            return Get<bool>(row, flag => flag ? 1 : 0);
        }

        return _label.Type == NumberDataViewType.Single ? Get<float>(row, number => number) : Get<double>(row, number => number);
    }

    private Func<double> Get<T>(DataViewRow row, Func<T, double> convert)
        where T : struct
    {
        ValueGetter<T> getter = row.GetGetter<T>(_label);
        T value = default;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
