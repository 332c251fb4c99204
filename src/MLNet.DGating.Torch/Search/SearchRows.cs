using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Torch.Search;

/// <summary>Deals the rows of a search.</summary>
/// <remarks>
/// Candidates are trained on one part and ranked on a second; the best of them and candidate 0 are then trained on both and compared on a
/// third, which had no say in which of them that is.
/// </remarks>
internal sealed class SearchRows
{
    /// <summary>With fewer rows the parts are too small to tell candidates apart.</summary>
    public const int SmallestRows = 50;

    // Fewer rows are never taken away from a rung: what is learnt on a few hundred says little about all, and saves little.
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

    public int[] All { get; }

    /// <summary>The rows on which candidates are ranked.</summary>
    public int[] Ranking { get; }

    /// <summary>The rows that the finalists are trained on: all but the final ones.</summary>
    public int[] Finalists { get; }

    /// <summary>The rows on which the finalists are compared.</summary>
    public int[] Final { get; }

    /// <param name="data">Has the classes.</param>
    /// <param name="rows">All rows, at least <see cref="SmallestRows"/>.</param>
    /// <param name="seed">Which rows go where.</param>
    public static SearchRows Deal(TrainingSet data, int[] rows, int seed)
    {
        (int[] finalists, int[] final) = data.HoldOut(rows, seed);
        (int[] training, int[] ranking) = data.HoldOut(finalists, seed);
        return new SearchRows(rows, finalists, final, ranking, data.Fold(training, null, Parts, seed));
    }

    /// <summary>
    /// The rows that a rung trains on, ascending: its share of those there are for it, but at least 2,000 where there are as many.
    /// </summary>
    /// <remarks>Those of a rung are among those of the next.</remarks>
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
