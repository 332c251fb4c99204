using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Splits rows for choices, class by class where there are classes.</summary>
internal static class RowSplits
{
    /// <summary>Holds out a part of the rows for choices.</summary>
    public static (int[] Training, int[] HeldOut) HoldOut(this TrainingSet data, int[] rows, int seed) => HeldOutSplit.Split(
        rows, data.ClassOf, Math.Min(DGatingDefaults.HeldOutFraction, (double)DGatingDefaults.MaximumHeldOutRows / rows.Length),
        new RandomStream(seed, RandomPurpose.Split));

    /// <summary>Deals the rows into parts of the same size, each to be held out once.</summary>
    /// <param name="data">Has the classes.</param>
    /// <param name="rows">The rows to deal.</param>
    /// <param name="blockOf">A row's block, which stays together; null where every row is its own.</param>
    /// <param name="count">How many parts.</param>
    /// <param name="seed">Which rows go where.</param>
    public static int[][] Fold(this TrainingSet data, int[] rows, Func<int, int>? blockOf, int count, int seed) =>
        Folds.Deal(rows, data.ClassOf, blockOf, count, new RandomStream(seed, RandomPurpose.Folds));

    /// <summary>
    /// Halves the rows, with a seed for the run on each half: everything random about a pair comes from a stream of its own.
    /// </summary>
    public static (int[] Half, int Seed)[] Halve(this TrainingSet data, int[] rows, int pair, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.FirstPair + pair);
        return [.. Folds.Deal(rows, data.ClassOf, null, 2, random).Select(half => (half, (int)random.NextUInt64()))];
    }
}
