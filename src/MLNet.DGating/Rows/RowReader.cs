using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using MLNet.DGating.Torch;

namespace MLNet.DGating;

/// <summary>Rows as ML.NET's cursor gives them, in the order of the groups' slots.</summary>
internal sealed class RowReader(IHost host, IChannel channel, int[][] groups, int slotCount, bool mayBeSparse)
{
    private readonly int[] _columnOf = ColumnOfSlot(groups, slotCount);
    private readonly FeatureCollector _features = new(slotCount, mayBeSparse);
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private bool _hasWeights;

    public int Rows => _features.Rows;

    public float[] Labels => [.. _labels];

    /// <summary>Null where there is no weight column.</summary>
    public float[]? Weights => _hasWeights ? [.. _weights] : null;

    /// <summary>Appends all usable rows, at least one; gives their number. Unusable ones are skipped with ML.NET's own warning.</summary>
    public int Read(RoleMappedData data, string purpose, Action checkAlive, SamplingKeys? keys = null)
    {
        _hasWeights |= data.Schema.Weight.HasValue;
        int before = _features.Rows;
        long skipped = 0, weightless = 0;
        // ML.NET's cursor takes every weight that is not positive for a missing one; here 0 and less have a meaning.
        CursOpt label = data.Schema.Label.HasValue ? CursOpt.Label : 0;
        using var cursor = new FloatLabelCursor(data, label | CursOpt.Features | CursOpt.Weight | CursOpt.AllowBadWeights, null, keys is null ? [] : [keys.Column.Index]);
        Action? readKey = keys?.Reader(cursor.Row);
        while (cursor.MoveNext())
        {
            if (cursor.Weight < 0)
            {
                throw host.ExceptUserArg(nameof(DGatingTrainerOptions.ExampleWeightColumnName),
                    FormattableString.Invariant($"Row {cursor.Row.Position} has the weight {cursor.Weight} in column '{data.Schema.Weight?.Name}'; weights must be at least 0."));
            }

            if (!float.IsFinite(cursor.Weight))
            {
                skipped++;
                continue;
            }

            if (cursor.Weight == 0)
            {
                weightless++;
                continue;
            }

            Place(cursor.Features);
            _labels.Add(cursor.Label);
            _weights.Add(cursor.Weight);
            readKey?.Invoke();
            checkAlive();
        }

        skipped += cursor.SkippedRowCount;
        if (skipped > 0)
        {
            channel.Warning("Skipped {0} instances with missing features/label/weight during {1}", skipped, purpose);
        }

        if (_features.Rows == before)
        {
            // ML.NET's own words where rows were skipped: its users search for them.
            throw host.Except($"No valid {purpose} instances found" + (skipped > 0
                ? ", all instances have missing features. A missing label or weight counts as well: replace missing values first."
                : weightless > 0 ? $": all {weightless} rows have the weight 0 in column '{data.Schema.Weight?.Name}'."
                : $": the {purpose} data has no rows."));
        }

        return _features.Rows - before;
    }

    /// <summary>All features read.</summary>
    public FeatureMatrix ToMatrix() => _features.ToMatrix();

    private void Place(in VBuffer<float> features)
    {
        if (features.IsDense)
        {
            _features.Add(features.GetValues(), _columnOf);
        }
        else
        {
            _features.Add(features.GetValues(), features.GetIndices(), _columnOf);
        }
    }

    private static int[] ColumnOfSlot(int[][] groups, int slotCount)
    {
        var columns = new int[slotCount];
        int next = 0;
        foreach (int slot in groups.SelectMany(group => group))
        {
            columns[slot] = next++;
        }

        return columns;
    }
}
