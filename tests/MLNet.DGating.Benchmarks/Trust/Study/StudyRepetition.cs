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
/// <param name="Folds">The count chosen by cross-validation; null where it was not measured.</param>
/// <param name="Methods">The hits of the methods, in the order of <see cref="MethodNames"/>.</param>
/// <param name="Seconds">The time of all of it.</param>
internal sealed record StudyRepetition(
    DateOnly Date, string Cell, int Seed, int Truth, bool IsBetterThanConstant, StudyHits? Stable, double Bound, StudyHits? Folds,
    StudyHits[] Methods, double Seconds)
{
    /// <summary>The methods that keep the same number of columns; the first one chooses it.</summary>
    public static readonly string[] MethodNames = ["D-Gating", "L1", "extra trees", "mutual information"];

    /// <summary>The number of columns that all methods kept.</summary>
    public int Kept => Methods[0].False + Methods[0].Found;

    public static StudyRepetition Measure(StudyCell cell, int seed)
    {
        var clock = Stopwatch.StartNew();
        var data = new StudyData(cell.Table, seed);
        int[] informative = data.Informative;
        DGatingPath path = StudySelection.Path(data, seed);
        int kept = path.SparsestFeatureCount;
        Func<int, int[]>[] methods =
        [
            count => Columns(path, count),
            StudyBaselines.L1(data, Math.Max(kept, informative.Length)),
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

        StudyHits? folds = null;
        if (cell.HasFolds)
        {
            DGatingPath validated = StudySelection.CrossValidated(data, seed);
            folds = StudyHits.Of(count => Columns(validated, count), validated.SparsestFeatureCount, informative);
        }

        return new StudyRepetition(
            DateOnly.FromDateTime(DateTime.UtcNow), cell.Name, seed, informative.Length, path.IsBetterThanConstant, stable, bound, folds,
            Array.ConvertAll(methods, method => StudyHits.Of(method, kept, informative)), clock.Elapsed.TotalSeconds);
    }

    private static int[] Columns(DGatingPath path, int count) => [.. path.SelectionAt(count).Select(feature => feature.Index)];
}
