using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Selects groups with a false discovery rate, by knockoffs that compete with them on a path (docs/theory.md §16).</summary>
/// <remarks>
/// A knockoff varies together with the other groups as its group does, and knows nothing of the label. Several draws of the knockoffs are
/// aggregated by e-values, so that the selection depends less on one of them.
/// </remarks>
internal sealed class KnockoffFit
{
    /// <summary>The fewest rows: 50, with which few large effects are found. Below it hardly any are (docs/theory.md §16).</summary>
    public const int SmallestRows = 50;

    private readonly int[] _rows;
    private readonly double[][] _lambdaOut;

    private KnockoffFit(int[] rows, GroupLayout groups, PathResult[] paths, double rate)
    {
        _rows = rows;
        var layout = new KnockoffLayout(groups);
        _lambdaOut = Array.ConvertAll(
            paths, path => Enumerable.Range(0, groups.Count).Select(group => path.LambdaOut[layout.PlaceOf(group)]).ToArray());
        Statistics = Array.ConvertAll(paths, path => KnockoffStatistics.Of(path, groups));
        int competing = groups.Count - groups.KeptCount;
        EValues = KnockoffFilter.EValues(Statistics, competing, rate);
        Selected = KnockoffFilter.Select(EValues, competing, rate);
        double[] thresholds = Array.ConvertAll(Statistics, draw => KnockoffFilter.Threshold(draw, rate));
        Frequencies =
        [
            .. Enumerable.Range(0, groups.Count).Select(group =>
                (double)Statistics.Zip(thresholds).Count(draw => draw.First[group] >= draw.Second) / paths.Length),
        ];
    }

    /// <summary>The statistic of each group in every draw; 0 for groups that always stay.</summary>
    public double[][] Statistics { get; }

    /// <summary>The e-value of each group over all draws.</summary>
    public double[] EValues { get; }

    /// <summary>The share of the draws in which the knockoff+ filter alone selects each group.</summary>
    public double[] Frequencies { get; }

    /// <summary>The selected groups, the largest e-value first; groups that always stay are not among them.</summary>
    public int[] Selected { get; }

    /// <summary>Follows a path over the groups and their knockoffs for every draw.</summary>
    /// <param name="workflow">The rows, which are dense, the settings, and the executor of runs.</param>
    /// <param name="rows">The numbers of the rows, at least <see cref="SmallestRows"/>.</param>
    /// <param name="rate">The false discovery rate, between 0 and 1.</param>
    /// <param name="draws">How often knockoffs are drawn, at least 1.</param>
    public static KnockoffFit Run(FitWorkflow workflow, int[] rows, double rate, int draws)
    {
        FitSettings settings = workflow.Settings;
        var model = KnockoffModel.Of(workflow.Data, rows);
        // The noise must not be chosen by how well the groups alone predict: their knockoffs have to be treated alike.
        RunDescription run = settings.Path(rows, [], settings.InputNoise ?? 0, StopRule.AtCount(0)) with
        {
            Refits = false,
            Records = PathRecords.Norms,
            Networks = KeptNetworks.None,
            Knockoffs = model,
        };
        workflow.Announce(0.9);
        RunResult[] results = workflow.Try(Enumerable.Range(0, draws).Select(draw =>
            run with { Seed = SeedOf(settings, draw) }));
        return new KnockoffFit(rows, workflow.Data.Groups, Array.ConvertAll(results, result => result.Path!), rate);
    }

    /// <summary>Gives the seed of the run of a draw, from 0.</summary>
    public static int SeedOf(FitSettings settings, int draw) =>
        (int)new RandomStream(settings.Seed, RandomPurpose.FirstDraw + draw).NextUInt64();

    /// <summary>Trains a network of exactly these groups on all rows.</summary>
    /// <remarks>The λ at which a group left is the median of those in the draws.</remarks>
    /// <param name="workflow">The same rows, and the executor of runs.</param>
    /// <param name="groups">The groups, ascending.</param>
    public FitResult ModelOf(FitWorkflow workflow, int[] groups) => ModelOfGroups.Train(workflow, _rows, groups, _lambdaOut);
}
