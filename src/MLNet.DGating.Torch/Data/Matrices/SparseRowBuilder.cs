using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Builds a row of a sparse matrix.</summary>
internal sealed class SparseRowBuilder
{
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    public ReadOnlySpan<int> Columns => CollectionsMarshal.AsSpan(_columns);

    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    public void Add(int column, float value)
    {
        _columns.Add(column);
        _values.Add(value);
    }

    public void AddRange(SparseRow row)
    {
        _columns.AddRange(row.Columns);
        _values.AddRange(row.Values);
    }

    public void Clear()
    {
        _columns.Clear();
        _values.Clear();
    }
}
