using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Quality;

/// <summary>The choice of a threshold on rows that the model was not trained on.</summary>
internal static class ThresholdChoice
{
    private const int Parts = 5;

    // Scores beyond these are certainties in single precision.
    private const double LargestScore = 15;

    /// <summary>Chooses the threshold on all rows.</summary>
    public static ThresholdRule Choose(ThresholdRule rule, IReadOnlyList<ScoredBoolean> rows)
    {
        double score = rule.Kind == ThresholdKind.Value ? rule.Score : Best(rule, rows);
        return rule.Kind == ThresholdKind.Value ? rule : rule with { Probability = 1 / (1 + Math.Exp(-score)) };
    }

    /// <summary>Predicts each row by a threshold that was chosen on other rows, so that it can be tested on it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="rows">The rows. Those of a block are of one part.</param>
    /// <param name="seed">The seed of the parts.</param>
    public static ScoredBoolean[] Apply(ThresholdRule rule, ScoredBoolean[] rows, int seed)
    {
        if (rule.Kind == ThresholdKind.Value)
        {
            return Array.ConvertAll(rows, row => row with { Predicted = row.Score > rule.Score });
        }

        int[] parts = PartsOf(rows, seed);
        double[] thresholds =
            [.. Enumerable.Range(0, Parts).Select(part => Best(rule, [.. rows.Where((_, i) => parts[i] != part)]))];
        return [.. rows.Select((row, i) => row with { Predicted = row.Score > thresholds[parts[i]] })];
    }

    private static int[] PartsOf(ScoredBoolean[] rows, int seed)
    {
        var random = new Random(seed);
        var ofBlock = new Dictionary<long, int>();
        int[] parts = new int[rows.Length];
        // Each class is dealt in turn, from a random part on.
        int[] next = [random.Next(Parts), random.Next(Parts)];
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        random.Shuffle(order);
        foreach (int row in order)
        {
            ref int turn = ref next[rows[row].Label ? 1 : 0];
            parts[row] = rows[row].Block is not { } block ? turn++ % Parts
                : ofBlock.TryGetValue(block, out int known) ? known
                : ofBlock[block] = turn++ % Parts;
        }

        return parts;
    }

    // The middle between two scores, at the best of all places where a threshold can be.
    private static double Best(ThresholdRule rule, IReadOnlyList<ScoredBoolean> rows)
    {
        ScoredBoolean[] sorted = [.. rows.OrderByDescending(row => row.Score)];
        double positive = sorted.Sum(row => row.Label ? row.Weight : 0), found = 0, called = 0;
        double best = Worth(rule, positive, 0, 0), threshold = LargestScore;
        for (int i = 0; i < sorted.Length; i++)
        {
            called += sorted[i].Weight;
            found += sorted[i].Label ? sorted[i].Weight : 0;
            bool isEnd = i + 1 == sorted.Length;
            if ((isEnd || sorted[i + 1].Score < sorted[i].Score) && Worth(rule, positive, called, found) > best)
            {
                best = Worth(rule, positive, called, found);
                threshold = isEnd ? -LargestScore : (sorted[i].Score + sorted[i + 1].Score) / 2;
            }
        }

        return Math.Clamp(threshold, -LargestScore, LargestScore);
    }

    private static double Worth(ThresholdRule rule, double positive, double called, double found) => rule.Kind == ThresholdKind.F1
        ? positive + called > 0 ? 2 * found / (positive + called) : 0
        : -(rule.FalseAlarmCost * (called - found)) - (rule.MissCost * (positive - found));
}
