using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Numbers the rows of all ranks, and holds those of this one.</summary>
/// <remarks>Only rows of this rank can be read; what needs others fetches them, and then all ranks do.</remarks>
/// <param name="own">The rows of this rank, training rows first.</param>
/// <param name="shards">Tells which rank holds each row.</param>
internal sealed class ShardedMatrix(FeatureMatrix own, RowShards shards) : FeatureMatrix
{
    /// <summary>The most rows of a sample, and the most values.</summary>
    private const int LargestSample = 1 << 16, LargestSampleValues = 1 << 26;

    /// <summary>The rows of this rank.</summary>
    public FeatureMatrix Own => own;

    public RowShards Shards => shards;

    public override int Rows => shards.Rows;

    public override int Columns => own.Columns;

    public override bool HasMissing => own.HasMissing;

    public override bool IsIndicator(int column) => own.IsIndicator(column);

    public override void Read(int row, Span<float> target) => own.Read(shards.NumberOf(row), target);

    public override void Read(int row, ReadOnlySpan<int> columns, Span<float> target) =>
        own.Read(shards.NumberOf(row), columns, target);

    public override ShardedMatrix Select(ReadOnlySpan<int> columns) => new(own.Select(columns), shards);

    public override ShardedMatrix Keep(ReadOnlySpan<int> columns) => new(own.Keep(columns), shards);

    public override FeatureMatrix Take(ReadOnlySpan<int> rows) =>
        throw new NotSupportedException("Runs on rows that ranks share have no copies of them.");

    public override int[] Sample(int[] rows)
    {
        int count = Math.Min(Math.Min(rows.Length, LargestSample), LargestSampleValues / Math.Max(1, Columns));
        return count == rows.Length ? rows : [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }

    public override FeatureMatrix Fetch(int[] rows, int[] columns)
    {
        int[] ofThisRank = shards.OwnOf(rows);
        float[] values = new float[ofThisRank.Length * columns.Length];
        for (int i = 0; i < ofThisRank.Length; i++)
        {
            own.Read(ofThisRank[i], columns, values.AsSpan(i * columns.Length, columns.Length));
        }

        return new FetchedMatrix(this, rows, columns, shards.Join(rows, values, columns.Length));
    }
}
