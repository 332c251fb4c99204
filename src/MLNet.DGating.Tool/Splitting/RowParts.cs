using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Splitting;

/// <summary>The part of each row of a table: the number of the part that it is held out in, or none.</summary>
internal sealed class RowParts
{
    private const byte AlwaysTrained = byte.MaxValue - 1, Unlabelled = byte.MaxValue;

    private readonly byte[] _parts;

    /// <param name="rows">The rows that have a label.</param>
    /// <param name="partOf">The part of each of these; -1 where it is always trained on.</param>
    public RowParts(List<LabelledRow> rows, int[] partOf)
    {
        _parts = new byte[rows.Count == 0 ? 0 : rows[^1].Number + 1];
        Array.Fill(_parts, Unlabelled);
        foreach ((int i, LabelledRow row) in rows.Index())
        {
            _parts[row.Number] = partOf[i] < 0 ? AlwaysTrained : (byte)partOf[i];
        }
    }

    /// <summary>Returns the rows that are held out in a part.</summary>
    public RowFilter HeldOut(int part) => (row, _) => row < _parts.Length && _parts[row] == part;

    /// <summary>Returns the rows that are trained on while a part is held out.</summary>
    public RowFilter Trained(int part) => (row, _) => row < _parts.Length && _parts[row] != part && _parts[row] != Unlabelled;
}
