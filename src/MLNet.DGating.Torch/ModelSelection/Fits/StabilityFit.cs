using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// Stability selection by complementary pairs (Shah and Samworth 2013): the rows are halved again and again, and every half is
/// followed down the path for its ranking. What is ranked high on nearly all halves does not owe it to chance.
/// </summary>
internal sealed class StabilityFit
{
    /// <summary>Every half should show something that varies.</summary>
    public const int SmallestRows = 4;

    private readonly TrainingSet _data;
    private readonly int[] _rows;
    private readonly TrainingSettings _settings;
    private readonly double[] _lambdaOut;

    private StabilityFit(TrainingSet data, int[] rows, TrainingSettings settings, PathResult[] paths)
    {
        _data = data;
        _rows = rows;
        _settings = settings;
        Rankings = Array.ConvertAll(paths, path => path.Ranking);
        _lambdaOut = [.. Enumerable.Range(0, data.Groups.Count).Select(group => Median(Array.ConvertAll(paths, path => path.LambdaOut[group])))];
    }

    /// <summary>A ranking of the groups for every half.</summary>
    public int[][] Rankings { get; }

    /// <param name="data">All rows.</param>
    /// <param name="rows">The rows to halve, at least <see cref="SmallestRows"/>.</param>
    /// <param name="pairs">How often.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="context">Messages and cancellation.</param>
    public static StabilityFit Run(TrainingSet data, int[] rows, int pairs, TrainingSettings settings, RunContext context)
    {
        TrialRuns runs = new TrialRuns(data, settings, context).ForChoice;
        double noise = runs.ChooseNoise(rows);
        PathResult[][] paths = runs.Independent(pairs, pair => Array.ConvertAll(runs.Pair(rows, pair), drawn => runs.Rank(drawn.Half, noise, drawn.Seed)));
        return new StabilityFit(data, rows, settings, [.. paths.SelectMany(pair => pair)]);
    }

    /// <summary>A network of exactly these groups, trained on all rows. A group left at the median λ of the halves.</summary>
    public FitResult ModelOf(int[] groups, RunContext context)
    {
        // There is nothing to select any more: dense training on these groups alone, then what every selection gets.
        TrainingSet data = _data with { Features = _data.Features.Select(_data.Groups.ColumnsOf(groups)), Groups = _data.Groups.Select(groups) };
        Candidate trial = new TrialRuns(data, _settings with { Lambda = 0, Count = null, Budget = null, Certify = false }, context).Run(_rows, [], [0], [])[0];

        double last = _lambdaOut.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double[] lambdaOut = Array.ConvertAll(_lambdaOut, lambda => Math.Min(lambda, last));
        Array.ForEach(groups, group => lambdaOut[group] = double.PositiveInfinity);
        return new FitResult(
            groups, trial.Refit.Shape, trial.Refit.State, ColumnScaling.Compute(_data.Features, _rows, _data.Weights), lambdaOut, trial.Path.Points, trial.Noise, Certificate: null);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
