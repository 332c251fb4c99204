using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Carries out stability selection by complementary pairs (Shah and Samworth 2013; docs/theory.md §14).</summary>
/// <remarks>
/// The rows are halved repeatedly, and a path is followed on every half for its ranking. Features that rank high on nearly all halves are
/// not selected by chance.
/// </remarks>
internal sealed class StabilityFit
{
    /// <summary>The fewest rows, so that features can vary within every half.</summary>
    public const int SmallestRows = 4;

    /// <summary>The most row numbers of halves that are held in memory at once.</summary>
    private const int LargestDescription = 1 << 24;

    private readonly int[] _rows;
    private readonly double[][] _lambdaOut;

    private StabilityFit(int[] rows, int[][] rankings, double[][] lambdaOut)
    {
        _rows = rows;
        Rankings = rankings;
        _lambdaOut = lambdaOut;
    }

    /// <summary>The ranking of the groups on every half, the last to leave first.</summary>
    public int[][] Rankings { get; }

    /// <summary>Follows a path on both halves of every pair.</summary>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="rows">The numbers of the rows to halve, at least <see cref="SmallestRows"/>.</param>
    /// <param name="pairs">How often the rows are halved, at least 1.</param>
    public static StabilityFit Run(FitWorkflow workflow, int[] rows, int pairs)
    {
        workflow = workflow.WithEncoding(rows, []);
        double noise = workflow.ChooseNoise(rows);
        int pairsAtOnce = Math.Max(1, LargestDescription / rows.Length);
        int left = pairs;
        PathResult[] paths = [.. Enumerable.Range(0, pairs).Chunk(pairsAtOnce).SelectMany(chunk =>
        {
            workflow.Announce((double)chunk.Length / left);
            left -= chunk.Length;
            return Halves(workflow, rows, noise, chunk);
        })];
        return new StabilityFit(rows, Array.ConvertAll(paths, path => path.Ranking), Array.ConvertAll(paths, path => path.LambdaOut));
    }

    /// <summary>Trains a network of exactly these groups on all rows.</summary>
    /// <remarks>The λ at which a group left is the median of those on the halves.</remarks>
    /// <param name="workflow">The same rows, and the executor of runs.</param>
    /// <param name="groups">The groups, ascending.</param>
    public FitResult ModelOf(FitWorkflow workflow, int[] groups) =>
        ModelOfGroups.Train(workflow.WithEncoding(_rows, []), _rows, groups, _lambdaOut);

    private static IEnumerable<PathResult> Halves(FitWorkflow workflow, int[] rows, double noise, int[] pairs) => workflow.Try(
        pairs.SelectMany(pair => workflow.Data.Halve(rows, pair, workflow.Settings.Seed)).Select(half =>
            workflow.Settings.Path(half.Half, [], noise, StopRule.AtCount(1)) with
            {
                Seed = half.Seed,
                Refits = false,
                Records = PathRecords.None,
                Networks = KeptNetworks.None,
                CopiesRows = true,
            })).Select(result => result.Path!);
}
