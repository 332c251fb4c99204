using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Measures how sure a choice of the count is, by bootstrap samples of the held-out rows.</summary>
internal static class ChoiceAgreement
{
    private const int Samples = 100;

    /// <summary>Gives the share of the samples on which the same count is chosen, or its neighbour among the candidates.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="chosen">The count that is chosen on all rows.</param>
    /// <param name="loss">Gives the bounded loss.</param>
    /// <param name="weights">The weight of each held-out row; empty where all are 1.</param>
    /// <param name="blocks">The block of each held-out row, which is drawn as a whole; null where all rows are independent.</param>
    /// <param name="random">Draws the samples.</param>
    public static double Of<T>(
        IReadOnlyList<T> candidates, int chosen, Loss loss, float[] weights, int[]? blocks, RandomStream random)
        where T : class, ICandidate
    {
        int[] ladder = [.. candidates.Select(candidate => candidate.Count).Distinct().Order()];
        int rows = candidates[0].HeldOutBoundedLosses.Length, place = Array.IndexOf(ladder, chosen), agreeing = 0;
        int[][] units = [.. Enumerable.Range(0, rows).GroupBy(row => blocks?[row] ?? row).Select(unit => unit.ToArray())];
        for (int sample = 0; sample < Samples; sample++)
        {
            float[] drawn = new float[rows];
            for (int i = 0; i < units.Length; i++)
            {
                foreach (int row in units[random.NextInt32(units.Length)])
                {
                    drawn[row] += weights.Length == 0 ? 1 : weights[row];
                }
            }

            int count = new OneStandardErrorSelector(loss, drawn, blocks).Choose(candidates).Count;
            agreeing += Math.Abs(Array.IndexOf(ladder, count) - place) <= 1 ? 1 : 0;
        }

        return (double)agreeing / Samples;
    }
}
