namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Looks for a smaller count between the chosen one and the next of the grid (docs/theory.md §13).</summary>
/// <remarks>
/// Each step halves the gap. A smaller count must do at least as well as the chosen one, not only nearly: the grid has given up what one
/// standard error allows already, and every further step of that size would add to it.
/// </remarks>
/// <param name="selector">Compares candidates on the held-out rows.</param>
/// <param name="grid">The counts that were compared.</param>
internal sealed class CountRefinement(OneStandardErrorSelector selector, int[] grid)
{
    private const int Steps = 3;

    /// <summary>Gives all counts that may be looked at, and those of the grid itself, descending.</summary>
    /// <param name="grid">The counts of the grid, descending.</param>
    public static int[] Reachable(int[] grid)
    {
        var counts = new SortedSet<int>(grid);
        foreach ((int larger, int smaller) in grid.Zip(grid.Skip(1)))
        {
            AddBetween(larger, smaller, Steps);
        }

        return [.. counts.Reverse()];

        void AddBetween(int larger, int smaller, int steps)
        {
            if (steps > 0 && larger - smaller > 1)
            {
                int middle = Middle(larger, smaller);
                counts.Add(middle);
                AddBetween(larger, middle, steps - 1);
                AddBetween(middle, smaller, steps - 1);
            }
        }
    }

    /// <summary>Evaluates counts below the chosen one, and gives the smallest candidate that does as well.</summary>
    /// <param name="chosen">The candidate that was chosen among those of the grid.</param>
    /// <param name="evaluate">Evaluates a count below that of a candidate, whose groups it has the first ones of.</param>
    /// <returns>The candidates that were evaluated, and the one that is chosen now: one of them, or the same as before.</returns>
    public (IReadOnlyList<T> Evaluated, T Chosen) Run<T>(T chosen, Func<T, int, T> evaluate)
        where T : class, ICandidate
    {
        var evaluated = new List<T>();
        T larger = chosen;
        int smaller = grid.Where(count => count < chosen.Count).DefaultIfEmpty(chosen.Count).Max();
        for (int step = 0; step < Steps && larger.Count - smaller > 1; step++)
        {
            T between = evaluate(larger, Middle(larger.Count, smaller));
            evaluated.Add(between);
            if (selector.IsAtLeastAsGood(between, chosen))
            {
                larger = between;
            }
            else
            {
                smaller = between.Count;
            }
        }

        return (evaluated, larger);
    }

    private static int Middle(int larger, int smaller) => (larger + smaller) / 2;
}
