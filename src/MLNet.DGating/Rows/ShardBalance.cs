using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>Tells whether the shards of all ranks are alike, as those are into which rows were dealt one by one.</summary>
/// <remarks>
/// The mean of a column, or of the label, on a shard is compared with that on all rows. Shards of a file that is sorted, by label or by
/// time, are not alike: what ranks learn on them alone is not the same.
/// </remarks>
internal static class ShardBalance
{
    /// <summary>The largest distance of means, in deviations, of shards that are alike. Chance gives 1 / √rows.</summary>
    private const double LargestDistance = 0.25;

    /// <summary>Gives the rows with shards of which it is known whether they are alike.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="statistics">The statistics of the training rows.</param>
    /// <param name="weights">The example weight of each row; empty where all are 1.</param>
    /// <param name="labels">The label of each row.</param>
    /// <param name="trainingRows">The number of training rows, the first ones.</param>
    /// <param name="areClasses">Whether labels are classes, whose numbers have no order.</param>
    public static ShardedMatrix Judge(
        ShardedMatrix rows, ColumnStatistics statistics, ReadOnlySpan<float> weights, float[] labels, int trainingRows, bool areClasses)
    {
        double largest = Math.Max(
            DistanceOfFeatures(rows, statistics, rows.Shards.OwnOf(weights)), DistanceOfLabels(rows, labels, trainingRows, areClasses));
        byte[][] ofRanks = rows.Shards.Ranks.AllGather(BitConverter.GetBytes(largest));
        bool areAlike = ofRanks.All(bytes => MemoryMarshal.Read<double>(bytes) <= LargestDistance);
        return new ShardedMatrix(rows.Own, rows.Shards.Judged(areAlike));
    }

    private static double DistanceOfFeatures(ShardedMatrix rows, ColumnStatistics statistics, float[] weights)
    {
        int count = rows.Shards.OwnTrainingRows;
        if (count == 0)
        {
            return 0;
        }

        var own = ColumnStatistics.Of(rows.Own, [.. Enumerable.Range(0, count)], weights);
        return Enumerable.Range(0, rows.Columns)
            .Max(column => Math.Abs(own.Means[column] - statistics.Means[column]) * statistics.InverseDeviations[column]);
    }

    private static double DistanceOfLabels(ShardedMatrix rows, float[] labels, int trainingRows, bool areClasses)
    {
        ReadOnlySpan<float> all = labels.AsSpan(0, trainingRows);
        ReadOnlySpan<float> own = rows.Shards.OwnOf<float>(labels).AsSpan(0, rows.Shards.OwnTrainingRows);
        if (own.IsEmpty)
        {
            return 0;
        }

        if (!areClasses)
        {
            return DistanceOf(all, own);
        }

        double largest = 0;
        foreach (float label in all.ToArray().Distinct())
        {
            largest = Math.Max(largest, DistanceOf(Indicators(all, label), Indicators(own, label)));
        }

        return largest;
    }

    private static double DistanceOf(ReadOnlySpan<float> all, ReadOnlySpan<float> own)
    {
        double mean = TensorPrimitives.Sum(all) / all.Length;
        double deviation = Math.Sqrt(Math.Max(0, TensorPrimitives.SumOfSquares(all) / all.Length - mean * mean));
        return deviation > 0 ? Math.Abs(TensorPrimitives.Sum(own) / own.Length - mean) / deviation : 0;
    }

    private static float[] Indicators(ReadOnlySpan<float> labels, float label) =>
        Array.ConvertAll(labels.ToArray(), each => each == label ? 1f : 0);
}
