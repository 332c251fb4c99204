using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds what a repetition of a cell found: a line of the study's file.</summary>
/// <param name="Date">The day of the measurement.</param>
/// <param name="Cell">The name of the cell.</param>
/// <param name="Seed">The seed of its rows and fits.</param>
/// <param name="Truth">The number of columns that the label depends on.</param>
/// <param name="IsBetterThanConstant">Whether the fit says that something predicts the label.</param>
/// <param name="Stable">The stable features; null where stability selection was not measured.</param>
/// <param name="Bound">The bound on the expected number of false stable features; NaN where it was not measured.</param>
/// <param name="Fit">What Fit chooses; it ranks nothing, so that Top is what it found.</param>
/// <param name="OfPath">What FitPath chooses, always on a single held-out part; its Top is that of the ranking of the path.</param>
/// <param name="Baselines">The hits of <see cref="BaselineNames"/> with the number of columns that Fit keeps.</param>
/// <param name="Seconds">The time of all of it.</param>
internal sealed record StudyRepetition(
    DateOnly Date, string Cell, int Seed, int Truth, bool IsBetterThanConstant, StudyHits? Stable, double Bound, StudyHits Fit,
    StudyHits OfPath, StudyHits[] Baselines, double Seconds)
{
    public static readonly string[] BaselineNames = ["L1", "extra trees", "mutual information"];

    /// <summary>The number of columns that Fit and the baselines kept.</summary>
    public int Kept => Fit.False + Fit.Found;

    public static StudyRepetition Measure(StudyCell cell, int seed)
    {
        var clock = Stopwatch.StartNew();
        var data = new StudyData(cell.Table, seed);
        int[] informative = data.Informative;
        FeatureSelectionReport fit = StudySelection.Fit(data, seed);
        int[] selected = [.. fit.SelectedIndices];
        DGatingPath path = StudySelection.Path(data, seed);
        Func<int, int[]>[] baselines =
        [
            StudyBaselines.L1(data, Math.Max(selected.Length, informative.Length)),
            StudyBaselines.ExtraTrees(data, seed),
            StudyBaselines.Information(data),
        ];
        StudyHits? stable = null;
        double bound = double.NaN;
        if (cell.Pairs > 0)
        {
            DGatingStability stability = StudySelection.Stability(data, seed, cell.Pairs);
            int[] features = [.. stability.StableFeatures().Select(feature => feature.Index)];
            stable = StudyHits.Of(count => features, features.Length, informative);
            bound = stability.ExpectedFalseSelections(stability.SuggestedFeatureCount());
        }

        return new StudyRepetition(
            DateOnly.FromDateTime(DateTime.UtcNow), cell.Name, seed, informative.Length, fit.IsBetterThanConstant, stable, bound,
            StudyHits.Of(count => selected, selected.Length, informative),
            StudyHits.Of(
                count => [.. path.SelectionAt(count).Select(feature => feature.Index)], path.SparsestFeatureCount, informative),
            Array.ConvertAll(baselines, baseline => StudyHits.Of(baseline, selected.Length, informative)), clock.Elapsed.TotalSeconds);
    }
}
