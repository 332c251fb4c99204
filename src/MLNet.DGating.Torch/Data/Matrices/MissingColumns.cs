namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Finds the columns in which values are missing.</summary>
internal static class MissingColumns
{
    /// <summary>Tells for each column whether a value of the first rows is missing, NaN.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="rows">The number of rows to look at: the training rows.</param>
    public static bool[] Of(FeatureMatrix features, int rows)
    {
        if (features is ShardedMatrix sharded)
        {
            bool[] own = Of(sharded.Own, sharded.Shards.OwnTrainingRows);
            byte[][] all = sharded.Shards.Ranks.AllGather(Array.ConvertAll(own, isMissing => (byte)(isMissing ? 1 : 0)));
            return [.. own.Select((_, column) => all.Any(ofRank => ofRank[column] > 0))];
        }

        bool[] isIncomplete = new bool[features.Columns];
        if (features is SparseMatrix sparse)
        {
            for (int row = 0; row < rows; row++)
            {
                SparseRow entries = sparse.Row(row);
                for (int i = 0; i < entries.Values.Length; i++)
                {
                    isIncomplete[entries.Columns[i]] |= float.IsNaN(entries.Values[i]);
                }
            }

            return isIncomplete;
        }

        float[] values = new float[features.Columns];
        for (int row = 0; row < rows; row++)
        {
            features.Read(row, values);
            for (int column = 0; column < values.Length; column++)
            {
                isIncomplete[column] |= float.IsNaN(values[column]);
            }
        }

        return isIncomplete;
    }
}
