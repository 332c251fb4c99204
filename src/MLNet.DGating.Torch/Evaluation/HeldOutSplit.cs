using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Rows to train on and rows to judge by.</summary>
/// <remarks>
/// Rows are taken class by class, so that both parts show the classes in the same proportions; a class with a single row stays in training.
/// </remarks>
internal static class HeldOutSplit
{
    /// <param name="rows">The rows to split.</param>
    /// <param name="strataOf">A row's class; null for regression.</param>
    /// <param name="fraction">Share to hold out.</param>
    /// <param name="random">Which rows.</param>
    public static (int[] Training, int[] HeldOut) Split(int[] rows, Func<int, int>? strataOf, double fraction, RandomStream random)
    {
        var training = new List<int>();
        var heldOut = new List<int>();
        double owed = 0;
        foreach (IGrouping<int, int> stratum in rows.GroupBy(row => strataOf?.Invoke(row) ?? 0).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. stratum];
            random.Shuffle(shuffled);
            // What rounding leaves over is carried to the next class, so that small classes add up to their share.
            owed += fraction * shuffled.Length;
            int count = Math.Min((int)Math.Round(owed), shuffled.Length - 1);
            owed -= count;
            heldOut.AddRange(shuffled.AsSpan(0, count));
            training.AddRange(shuffled.AsSpan(count));
        }

        training.Sort();
        heldOut.Sort();
        return ([.. training], [.. heldOut]);
    }
}
