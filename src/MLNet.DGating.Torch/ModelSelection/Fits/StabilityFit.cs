using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Stability selection by complementary pairs (Shah and Samworth 2013; docs/theory.md §14).</summary>
/// <remarks>
/// The rows are halved again and again, and every half is followed down the path for its ranking. What is ranked high on nearly all halves
/// does not owe it to chance.
/// </remarks>
internal sealed class StabilityFit
{
    /// <summary>Every half should show something that varies.</summary>
    public const int SmallestRows = 4;

    /// <summary>Row numbers of halves that are held at once.</summary>
    private const int LargestDescription = 1 << 24;

    private readonly int[] _rows;
    private readonly double[] _lambdaOut;

    private StabilityFit(int[] rows, int[][] rankings, double[][] lambdaOut)
    {
        _rows = rows;
        Rankings = rankings;
        _lambdaOut = [.. Enumerable.Range(0, lambdaOut[0].Length).Select(group => Median(Array.ConvertAll(lambdaOut, ofHalf => ofHalf[group])))];
    }

    /// <summary>A ranking of the groups for every half.</summary>
    public int[][] Rankings { get; }

    /// <param name="workflow">The rows, what is asked for, and who carries out runs.</param>
    /// <param name="rows">The rows to halve, at least <see cref="SmallestRows"/>.</param>
    /// <param name="pairs">How often.</param>
    public static StabilityFit Run(FitWorkflow workflow, int[] rows, int pairs)
    {
        double noise = workflow.ChooseNoise(rows);
        int pairsAtOnce = Math.Max(1, LargestDescription / rows.Length);
        PathResult[] paths = [.. Enumerable.Range(0, pairs).Chunk(pairsAtOnce).SelectMany(chunk => Halves(workflow, rows, noise, chunk))];
        return new StabilityFit(rows, Array.ConvertAll(paths, path => path.Ranking), Array.ConvertAll(paths, path => path.LambdaOut));
    }

    /// <summary>A network of exactly these groups, trained on all rows. A group left at the median λ of the halves.</summary>
    /// <param name="workflow">The same rows.</param>
    /// <param name="groups">The groups, ascending.</param>
    public FitResult ModelOf(FitWorkflow workflow, int[] groups)
    {
        // There is nothing to select any more: dense training on these groups alone, then what every selection gets.
        RunDescription run = workflow.Settings.Path(_rows, [], noise: 0, new StopRule.AtLambda(0)) with { Groups = groups };
        Candidate model = workflow.Executor.Execute([run]).OrThrow(workflow.Context)[0].Candidates()[0];

        double last = _lambdaOut.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double[] lambdaOut = Array.ConvertAll(_lambdaOut, lambda => Math.Min(lambda, last));
        Array.ForEach(groups, group => lambdaOut[group] = double.PositiveInfinity);
        return new FitResult
        {
            Groups = groups,
            Shape = model.Refit.Shape,
            State = model.Refit.State,
            Encoding = workflow.Data.Encodings.Of(_rows),
            LambdaOut = lambdaOut,
            Points = model.Path.Points,
            InputNoise = model.Noise,
        };
    }

    private static IEnumerable<PathResult> Halves(FitWorkflow workflow, int[] rows, double noise, int[] pairs) => workflow.Try(
        pairs.SelectMany(pair => workflow.Data.Halve(rows, pair, workflow.Settings.Seed)).Select(half =>
            workflow.Settings.Path(half.Half, [], noise, StopRule.AtCount(1)) with
            {
                Seed = half.Seed,
                Refits = false,
                Records = PathRecords.None,
                KeepsNetworks = false,
                CopiesRows = true,
            })).Select(result => result.Path!);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
