using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Sharding;

/// <summary>Tells which rank holds each row.</summary>
/// <remarks>Rows are numbered rank by rank, with all training rows before all validation rows.</remarks>
internal sealed class RowShards
{
    // The first row of each part, with the end behind the last: the training rows of every rank, then the validation rows of every rank.
    private readonly int[] _starts;

    /// <param name="ranks">The ranks.</param>
    /// <param name="trainingRows">The number of training rows of each rank.</param>
    /// <param name="validationRows">The number of validation rows of each rank.</param>
    /// <exception cref="InvalidOperationException">There are more rows than a 32-bit number counts.</exception>
    public RowShards(IRanks ranks, int[] trainingRows, int[] validationRows)
    {
        long all = trainingRows.Concat(validationRows).Sum(rows => (long)rows);
        if (all > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"All ranks together have {all} rows, but at most {Array.MaxLength} can be trained on: give a sample of them.");
        }

        Ranks = ranks;
        _starts = new int[2 * ranks.Size + 1];
        for (int part = 0; part < 2 * ranks.Size; part++)
        {
            _starts[part + 1] = _starts[part] + (part < ranks.Size ? trainingRows[part] : validationRows[part - ranks.Size]);
        }
    }

    private RowShards(RowShards shards, bool areAlike) =>
        (Ranks, _starts, AreAlike) = (shards.Ranks, shards._starts, areAlike);

    public IRanks Ranks { get; }

    /// <summary>Whether the shards are known to be alike, so that ranks may learn on them alone for a while.</summary>
    public bool AreAlike { get; }

    /// <summary>The number of rows on all ranks.</summary>
    public int Rows => _starts[^1];

    /// <summary>The number of training rows of this rank, the first ones of those that it holds.</summary>
    public int OwnTrainingRows => _starts[Ranks.Rank + 1] - _starts[Ranks.Rank];

    /// <summary>Gives the same shards with what is known of them.</summary>
    public RowShards Judged(bool areAlike) => new(this, areAlike);

    /// <summary>Gives the rank that holds a row.</summary>
    public int RankOf(int row) => PartOf(row) % Ranks.Size;

    /// <summary>Gives the number of a row among those of the rank that holds it.</summary>
    public int NumberOf(int row)
    {
        int part = PartOf(row), before = row - _starts[part];
        return part < Ranks.Size ? before : before + _starts[part - Ranks.Size + 1] - _starts[part - Ranks.Size];
    }

    /// <summary>Gives the numbers, among the rows of this rank, of those of some rows that it holds.</summary>
    public int[] OwnOf(ReadOnlySpan<int> rows)
    {
        var own = new List<int>();
        foreach (int row in rows)
        {
            if (RankOf(row) == Ranks.Rank)
            {
                own.Add(NumberOf(row));
            }
        }

        return [.. own];
    }

    /// <summary>Divides rows by the ranks that hold them.</summary>
    public int[][] ByRank(ReadOnlySpan<int> rows)
    {
        List<int>[] parts = [.. Enumerable.Range(0, Ranks.Size).Select(_ => new List<int>())];
        foreach (int row in rows)
        {
            parts[RankOf(row)].Add(row);
        }

        return Array.ConvertAll(parts, part => part.ToArray());
    }

    /// <summary>Gives the values of this rank's rows.</summary>
    /// <param name="values">A value for each row of all ranks; empty where there are none.</param>
    public T[] OwnOf<T>(ReadOnlySpan<T> values)
    {
        int rank = Ranks.Rank;
        return values.IsEmpty
            ? []
            : [.. values[_starts[rank].._starts[rank + 1]], .. values[_starts[Ranks.Size + rank].._starts[Ranks.Size + rank + 1]]];
    }

    /// <summary>Joins what every rank has of its rows.</summary>
    /// <param name="own">The values of the rows of this rank, training rows first.</param>
    public T[] Join<T>(ReadOnlySpan<T> own)
        where T : unmanaged
    {
        byte[][] parts = Ranks.AllGather(MemoryMarshal.AsBytes(own).ToArray());
        var joined = new T[Rows];
        for (int part = 0; part < 2 * Ranks.Size; part++)
        {
            int rank = part % Ranks.Size;
            ReadOnlySpan<T> ofRank = MemoryMarshal.Cast<byte, T>(parts[rank]);
            int training = _starts[rank + 1] - _starts[rank];
            (part < Ranks.Size ? ofRank[..training] : ofRank[training..]).CopyTo(joined.AsSpan(_starts[part]));
        }

        return joined;
    }

    /// <summary>Joins what every rank has computed of those of some rows that it holds.</summary>
    /// <param name="rows">The numbers of the rows.</param>
    /// <param name="own">The values of this rank's rows among them, in their order [rows, width].</param>
    /// <param name="width">The number of values of a row.</param>
    public float[] Join(ReadOnlySpan<int> rows, ReadOnlySpan<float> own, int width)
    {
        if (rows.IsEmpty)
        {
            return [];
        }

        byte[][] parts = Ranks.AllGather(MemoryMarshal.AsBytes(own).ToArray());
        float[] joined = new float[rows.Length * width];
        int[] next = new int[parts.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int rank = RankOf(rows[i]);
            MemoryMarshal.Cast<byte, float>(parts[rank]).Slice(next[rank]++ * width, width).CopyTo(joined.AsSpan(i * width));
        }

        return joined;
    }

    // The last part that begins at the row or before it; parts without rows are before it.
    private int PartOf(int row)
    {
        int low = 0, high = _starts.Length - 2;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _starts[middle] <= row ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
