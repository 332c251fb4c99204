using System.Buffers;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Shows dense rows with missing values, and beside them columns that indicate which are missing (docs/theory.md §28).</summary>
/// <remarks>An indicator, 1 where the value is missing and else 0, follows from the value and takes no memory.</remarks>
/// <param name="stored">The rows; a missing value is NaN.</param>
/// <param name="columns">For each column that of the stored rows which it shows, or the complement (~) of that which it indicates.</param>
internal sealed class IndicatedMatrix(RowMatrix stored, int[] columns) : RowMatrix
{
    private readonly int[] _sources = Array.ConvertAll(columns, Source);

    public override int Rows => stored.Rows;

    public override int Columns => columns.Length;

    public override bool HasMissing => true;

    public override bool IsIndicator(int column) => columns[column] < 0;

    public override void Add(ReadOnlySpan<float> values)
    {
        float[] row = ArrayPool<float>.Shared.Rent(stored.Columns);
        stored.Add(Collect(values, row));
        ArrayPool<float>.Shared.Return(row);
    }

    public override void Replace(int row, ReadOnlySpan<float> values)
    {
        float[] collected = ArrayPool<float>.Shared.Rent(stored.Columns);
        stored.Replace(row, Collect(values, collected));
        ArrayPool<float>.Shared.Return(collected);
    }

    public override void Truncate(int rows) => stored.Truncate(rows);

    public override void Read(int row, Span<float> target)
    {
        stored.Read(row, _sources, target);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = columns[i] < 0 ? Indicator(target[i]) : target[i];
        }
    }

    public override void Read(int row, ReadOnlySpan<int> columnsToRead, Span<float> target)
    {
        int[] sources = ArrayPool<int>.Shared.Rent(columnsToRead.Length);
        for (int i = 0; i < columnsToRead.Length; i++)
        {
            sources[i] = _sources[columnsToRead[i]];
        }

        stored.Read(row, sources.AsSpan(0, columnsToRead.Length), target);
        ArrayPool<int>.Shared.Return(sources);
        for (int i = 0; i < columnsToRead.Length; i++)
        {
            target[i] = IsIndicator(columnsToRead[i]) ? Indicator(target[i]) : target[i];
        }
    }

    public override IndicatedMatrix Select(ReadOnlySpan<int> columnsToKeep) => Of(columnsToKeep, sources => stored.Select(sources));

    public override IndicatedMatrix Keep(ReadOnlySpan<int> columnsToKeep) => Of(columnsToKeep, sources => stored.Keep(sources));

    public override IndicatedMatrix Take(ReadOnlySpan<int> rows) => new((RowMatrix)stored.Take(rows), columns);

    public override void Release() => stored.Release();

    private static int Source(int column) => column < 0 ? ~column : column;

    private static float Indicator(float value) => float.IsNaN(value) ? 1 : 0;

    private IndicatedMatrix Of(ReadOnlySpan<int> columnsToKeep, Func<int[], FeatureMatrix> select)
    {
        int[] kept = Array.ConvertAll(columnsToKeep.ToArray(), column => columns[column]);
        int[] sources = [.. kept.Select(Source).Distinct().Order()];
        return new IndicatedMatrix((RowMatrix)select(sources), Array.ConvertAll(kept, column =>
        {
            int place = Array.BinarySearch(sources, Source(column));
            return column < 0 ? ~place : place;
        }));
    }

    // A value that is not shown itself is only known as missing or not.
    private Span<float> Collect(ReadOnlySpan<float> values, float[] row)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (columns[i] < 0)
            {
                row[~columns[i]] = values[i] > 0 ? float.NaN : 0;
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (columns[i] >= 0)
            {
                row[columns[i]] = values[i];
            }
        }

        return row.AsSpan(0, stored.Columns);
    }
}
