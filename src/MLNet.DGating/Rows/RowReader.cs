using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using MLNet.DGating.Torch;

namespace MLNet.DGating;

/// <summary>Rows as ML.NET's cursor gives them, in the order of the groups' slots. Sparse vectors become dense rows.</summary>
internal sealed class RowReader(IHost host, IChannel channel, int[][] groups, int slotCount)
{
    private readonly int[] _columnOf = ColumnOfSlot(groups, slotCount);
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private bool _hasWeights;

    public DesignMatrix Features { get; } = new(slotCount);

    public float[] Labels => [.. _labels];

    /// <summary>Null where there is no weight column.</summary>
    public float[]? Weights => _hasWeights ? [.. _weights] : null;

    /// <summary>Appends all usable rows; gives their number. Unusable ones are skipped with ML.NET's own warning.</summary>
    public int Read(RoleMappedData data, string purpose, Action checkAlive)
    {
        _hasWeights |= data.Schema.Weight.HasValue;
        int before = Features.Rows;
        using var cursor = new FloatLabelCursor(data, CursOpt.Features | CursOpt.Label | CursOpt.Weight);
        while (cursor.MoveNext())
        {
            if (cursor.Weight < 0)
            {
                throw host.ExceptUserArg(nameof(DGatingTrainerOptions.ExampleWeightColumnName),
                    FormattableString.Invariant($"row {cursor.Row.Position} has the weight {cursor.Weight}; weights must be at least 0."));
            }

            if (cursor.Weight == 0)
            {
                continue;
            }

            Place(cursor.Features, Features.AddRow());
            _labels.Add(cursor.Label);
            _weights.Add(cursor.Weight);
            checkAlive();
        }

        if (cursor.SkippedRowCount > 0)
        {
            channel.Warning("Skipped {0} instances with missing features/label/weight during {1}", cursor.SkippedRowCount, purpose);
        }

        return Features.Rows - before;
    }

    private void Place(in VBuffer<float> features, Span<float> row)
    {
        ReadOnlySpan<float> values = features.GetValues();
        if (features.IsDense)
        {
            for (int slot = 0; slot < values.Length; slot++)
            {
                row[_columnOf[slot]] = values[slot];
            }
        }
        else
        {
            ReadOnlySpan<int> slots = features.GetIndices();
            for (int i = 0; i < values.Length; i++)
            {
                row[_columnOf[slots[i]]] = values[i];
            }
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
