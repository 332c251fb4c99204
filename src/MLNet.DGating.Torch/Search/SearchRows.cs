using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Torch.Search;

/// <summary>Deals the rows of a search into parts for training, ranking and the final comparison.</summary>
/// <remarks>
/// Candidates are trained on one part and ranked on a second one. The best of them and candidate 0 are then trained on both parts, and
/// compared on a third one, which had no influence on the ranking.
/// </remarks>
internal sealed class SearchRows
{
    /// <summary>The fewest rows of a search. With fewer, the parts are too small to compare candidates.</summary>
    public const int SmallestRows = 50;

    // The fewest rows of a rung, unless there are fewer in all: training on a few hundred rows predicts little and saves little time.
    private const int SmallestRung = 2000;
    private const int Parts = 4;

    private readonly int[][] _parts;

    private SearchRows(int[] all, int[] finalists, int[] final, int[] ranking, int[][] parts)
    {
        All = all;
        Finalists = finalists;
        Final = final;
        Ranking = ranking;
        _parts = parts;
    }

    /// <summary>The numbers of all rows.</summary>
    public int[] All { get; }

    /// <summary>The numbers of the rows on which candidates are ranked.</summary>
    public int[] Ranking { get; }

    /// <summary>The numbers of the rows on which the finalists are trained: all except the final ones.</summary>
    public int[] Finalists { get; }

    /// <summary>The numbers of the rows on which the finalists are compared.</summary>
    public int[] Final { get; }

    /// <summary>Deals the rows.</summary>
    /// <param name="data">The training set, which has the classes.</param>
    /// <param name="rows">The numbers of all rows, at least <see cref="SmallestRows"/>.</param>
    /// <param name="seed">The seed of the split.</param>
    public static SearchRows Deal(TrainingSet data, int[] rows, int seed)
    {
        (int[] finalists, int[] final) = data.HoldOut(rows, seed);
        (int[] training, int[] ranking) = data.HoldOut(finalists, seed);
        return new SearchRows(rows, finalists, final, ranking, data.Fold(training, Parts, seed));
    }

    /// <summary>Gives the numbers of the rows that a rung trains on, ascending.</summary>
    /// <remarks>There are at least 2,000, or all training rows if they are fewer. The rows of a rung are among those of the next.</remarks>
    /// <param name="effort">The share of the training rows, above 0 and at most 1.</param>
    public int[] Training(double effort)
    {
        int parts = (int)Math.Ceiling(Parts * effort);
        while (parts < Parts && _parts[..parts].Sum(part => part.Length) < SmallestRung)
        {
            parts++;
        }

        return [.. _parts[..parts].SelectMany(part => part).Order()];
    }
}
