using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Holds the smallest and the largest value of each column over some rows.</summary>
/// <remarks>Rows of weight 0 and missing values do not count. A column without any value is constant.</remarks>
internal sealed class ColumnRanges
{
    private readonly float[] _minima, _maxima;

    private ColumnRanges(float[] minima, float[] maxima) => (_minima, _maxima) = (minima, maxima);

    public (float Minimum, float Maximum) this[int column] => (_minima[column], _maxima[column]);

    public int Columns => _minima.Length;

    public bool IsConstant(int column) => _minima[column] >= _maxima[column];

    /// <summary>Measures the columns of these rows.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="rows">The numbers of the rows to measure.</param>
    /// <param name="weights">The weight of every row of the matrix; empty where all are 1.</param>
    public static ColumnRanges Of(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        float[] minima = Filled(features.Columns, float.PositiveInfinity), maxima = Filled(features.Columns, float.NegativeInfinity);
        if (features is SparseMatrix sparse)
        {
            Measure(sparse, rows, weights, minima, maxima);
            return new ColumnRanges(minima, maxima);
        }

        float[] raw = new float[features.Columns];
        foreach (int row in rows)
        {
            if (weights.IsEmpty || weights[row] > 0)
            {
                features.Read(row, raw);
                TensorPrimitives.MinNumber(raw, minima, minima);
                TensorPrimitives.MaxNumber(raw, maxima, maxima);
            }
        }

        return new ColumnRanges(minima, maxima);
    }

    /// <summary>Gives the ranges over the rows of all ranks, each of which has measured its own; the same ones without ranks.</summary>
    public ColumnRanges OverRanks(IRanks? ranks)
    {
        if (ranks is null)
        {
            return this;
        }

        float[] minima = Filled(Columns, float.PositiveInfinity), maxima = Filled(Columns, float.NegativeInfinity);
        foreach (byte[] part in ranks.AllGather(MemoryMarshal.AsBytes<float>([.. _minima, .. _maxima]).ToArray()))
        {
            ReadOnlySpan<float> ofRank = MemoryMarshal.Cast<byte, float>(part);
            TensorPrimitives.Min(ofRank[..Columns], minima, minima);
            TensorPrimitives.Max(ofRank[Columns..], maxima, maxima);
        }

        return new ColumnRanges(minima, maxima);
    }

    /// <summary>Gives the ranges of these columns alone.</summary>
    public ColumnRanges Select(ReadOnlySpan<int> columns)
    {
        float[] minima = new float[columns.Length], maxima = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            (minima[i], maxima[i]) = this[columns[i]];
        }

        return new ColumnRanges(minima, maxima);
    }

    // Only stored values are visited; a column that some row does not store has a zero too.
    private static void Measure(
        SparseMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, float[] minima, float[] maxima)
    {
        int counted = 0;
        int[] stored = new int[matrix.Columns];
        foreach (int row in rows)
        {
            if (!weights.IsEmpty && weights[row] <= 0)
            {
                continue;
            }

            counted++;
            SparseRow entries = matrix.Row(row);
            for (int i = 0; i < entries.Columns.Length; i++)
            {
                int column = entries.Columns[i];
                stored[column]++;
                minima[column] = float.MinNumber(minima[column], entries.Values[i]);
                maxima[column] = float.MaxNumber(maxima[column], entries.Values[i]);
            }
        }

        for (int column = 0; column < stored.Length; column++)
        {
            if (stored[column] < counted)
            {
                minima[column] = Math.Min(minima[column], 0);
                maxima[column] = Math.Max(maxima[column], 0);
            }
        }
    }

    private static float[] Filled(int count, float value)
    {
        float[] values = new float[count];
        Array.Fill(values, value);
        return values;
    }
}
