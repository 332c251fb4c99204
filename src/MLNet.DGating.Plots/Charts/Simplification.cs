using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>Lines with fewer places that look the same, by the algorithm of Ramer, Douglas and Peucker.</summary>
/// <remarks>With it, a file of hundreds of curves stays small.</remarks>
internal static class Simplification
{
    /// <summary>Returns the first place, the last, and those without which the line would move by more than the tolerance.</summary>
    public static Place[] Of(Place[] line, double tolerance)
    {
        if (line.Length < 3)
        {
            return line;
        }

        bool[] kept = new bool[line.Length];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int First, int Last)>([(0, line.Length - 1)]);
        while (open.TryPop(out (int First, int Last) part))
        {
            int farthest = -1;
            double distance = tolerance;
            for (int i = part.First + 1; i < part.Last; i++)
            {
                double off = Distance(line[i], line[part.First], line[part.Last]);
                if (off > distance)
                {
                    (farthest, distance) = (i, off);
                }
            }

            if (farthest >= 0)
            {
                kept[farthest] = true;
                open.Push((part.First, farthest));
                open.Push((farthest, part.Last));
            }
        }

        return [.. line.Where((_, i) => kept[i])];
    }

    private static double Distance(Place place, Place first, Place last)
    {
        (double dx, double dy) = (last.X - first.X, last.Y - first.Y);
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        return length == 0
            ? Math.Sqrt(Math.Pow(place.X - first.X, 2) + Math.Pow(place.Y - first.Y, 2))
            : Math.Abs((dy * (place.X - first.X)) - (dx * (place.Y - first.Y))) / length;
    }
}
