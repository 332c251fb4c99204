using System.Collections;

namespace MLNet.DGating.Tests.Support;

/// <summary>Rows that may be others each time they are read.</summary>
internal sealed class LazyRows(Func<int, IEnumerable<DataRow>> rowsOfReading) : IEnumerable<DataRow>
{
    public LazyRows(IReadOnlyList<DataRow> rows)
        : this(_ => rows)
    {
    }

    /// <summary>Readings begun.</summary>
    public int Readings { get; private set; }

    public IEnumerator<DataRow> GetEnumerator() => rowsOfReading(++Readings).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
