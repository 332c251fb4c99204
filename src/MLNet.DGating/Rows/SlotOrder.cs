using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Maps the slots of the feature column to the columns of a matrix.</summary>
/// <param name="slots">The number of slots of the feature column.</param>
/// <param name="slotOfColumn">The slot of each column, −1 for a column that is not written; other slots are left out.</param>
internal sealed class SlotOrder(int slots, int[] slotOfColumn)
{
    private readonly int[] _columnOf = ColumnsOf(slots, slotOfColumn);

    public int Columns => slotOfColumn.Length;

    /// <summary>The column of each slot; −1 where it has none.</summary>
    public ReadOnlySpan<int> ColumnOfSlot => _columnOf;

    /// <summary>Writes a whole row of columns; sparse vectors become dense.</summary>
    public void Place(in VBuffer<float> features, Span<float> row)
    {
        ReadOnlySpan<float> values = features.GetValues();
        if (!features.IsDense)
        {
            row.Clear();
        }

        ReadOnlySpan<int> slots = features.IsDense ? [] : features.GetIndices();
        for (int i = 0; i < values.Length; i++)
        {
            int column = _columnOf[slots.IsEmpty ? i : slots[i]];
            if (column >= 0)
            {
                row[column] = values[i];
            }
        }
    }

    private static int[] ColumnsOf(int slots, int[] slotOfColumn)
    {
        int[] columns = new int[slots];
        Array.Fill(columns, -1);
        for (int column = 0; column < slotOfColumn.Length; column++)
        {
            if (slotOfColumn[column] >= 0)
            {
                columns[slotOfColumn[column]] = column;
            }
        }

        return columns;
    }
}
