namespace MLNet.DGating.Tests.Support;

/// <summary>Rows with missing values of which it is known what matters.</summary>
internal static class Incomplete
{
    /// <summary>
    /// Six slots. The label depends on the value of the first, of which a tenth is missing, and on whether the second is missing, which a
    /// third is; its values say nothing. A fifth of the third is missing, by chance.
    /// </summary>
    public static DataRow[] Rows(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Planted.Linear(rows, 6, 1, seed, noise: 0.1).Select(row =>
        {
            bool isMissing = random.Next(3) == 0;
            float[] values = row.Values;
            double target = row.Target + (isMissing ? 1.6 : -0.8);
            values[0] = random.Next(10) == 0 ? float.NaN : values[0];
            values[1] = isMissing ? float.NaN : values[1];
            values[2] = random.Next(5) == 0 ? float.NaN : values[2];
            return DataRow.Create(values, target);
        })];
    }

    /// <summary>The same rows among many slots that are mostly 0, sparse.</summary>
    public static DataRow[] AmongMany(this IEnumerable<DataRow> rows, int slots) =>
    [
        .. rows.Select((row, i) =>
        {
            float[] values = [.. row.Values, .. new float[slots - 6]];
            values[6 + i % (slots - 6)] = 1;
            return row.With(values).AsSparse();
        }),
    ];
}
