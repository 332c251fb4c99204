using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Splits rows into parts with the same proportions of the classes.</summary>
internal static class RowSplits
{
    /// <summary>Holds out a part of the rows for choices.</summary>
    /// <param name="data">The training set, which has the classes.</param>
    /// <param name="rows">The numbers of the rows to split.</param>
    /// <param name="seed">The seed of the fit.</param>
    public static (int[] Training, int[] HeldOut) HoldOut(this TrainingSet data, int[] rows, int seed) => data.HoldOut(
        rows, Math.Min(DGatingDefaults.HeldOutFraction, (double)DGatingDefaults.MaximumHeldOutRows / rows.Length),
        new RandomStream(seed, RandomPurpose.Split));

    /// <summary>Holds out a small part of many rows, which decides how long a refit lasts; nothing of few rows.</summary>
    /// <remarks>Of the sample of a stream it is the usual part, since all other rows are trained on.</remarks>
    public static (int[] Training, int[] HeldOut) HoldOutOfMany(this TrainingSet data, int[] rows, int seed) =>
        data.Stream is not null ? data.HoldOut(rows, seed)
            : rows.Length < DGatingDefaults.ManyRows ? (rows, [])
            : data.HoldOut(
                rows, Math.Min(DGatingDefaults.SmallHeldOutFraction, (double)DGatingDefaults.ManyRows / rows.Length),
                new RandomStream(seed, RandomPurpose.Split));

    /// <summary>Holds out a share of the rows; rows of one block stay together.</summary>
    /// <param name="data">The training set, which has the classes and the blocks.</param>
    /// <param name="rows">The numbers of the rows to split.</param>
    /// <param name="fraction">The share of the rows to hold out, between 0 and 1.</param>
    /// <param name="random">Draws the held-out rows.</param>
    public static (int[] Training, int[] HeldOut) HoldOut(this TrainingSet data, int[] rows, double fraction, RandomStream random) =>
        data.BlockOf is { } blockOf
            ? HeldOutSplit.SplitBlocks(rows, data.ClassOf, blockOf, fraction, random)
            : HeldOutSplit.Split(rows, data.ClassOf, fraction, random);

    /// <summary>Deals rows into folds of the same size; rows of one block stay together.</summary>
    /// <param name="data">The training set, which has the classes and the blocks.</param>
    /// <param name="rows">The numbers of the rows to deal.</param>
    /// <param name="count">The number of folds, at least 1.</param>
    /// <param name="seed">The seed of the fit.</param>
    public static int[][] Fold(this TrainingSet data, int[] rows, int count, int seed) =>
        Folds.Deal(rows, data.ClassOf, data.BlockOf, count, new RandomStream(seed, RandomPurpose.Folds));

    /// <summary>Halves the rows, block by block, and gives a seed for the run on each half.</summary>
    /// <remarks>All random numbers of a pair come from a stream of its own.</remarks>
    /// <param name="data">The training set, which has the classes.</param>
    /// <param name="rows">The numbers of the rows to halve.</param>
    /// <param name="pair">The number of the pair, from 0.</param>
    /// <param name="seed">The seed of the fit.</param>
    public static (int[] Half, int Seed)[] Halve(this TrainingSet data, int[] rows, int pair, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.FirstPair + pair);
        return [.. Folds.Deal(rows, data.ClassOf, data.BlockOf, 2, random).Select(half => (half, (int)random.NextUInt64()))];
    }
}
