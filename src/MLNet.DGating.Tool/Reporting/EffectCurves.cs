using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>The effect of features on the prediction: partial dependence over training rows (Friedman 2001, §8.2).</summary>
/// <remarks>An additive model, with pairs or without, has its curves instead, which need no rows.</remarks>
/// <param name="fitted">The model.</param>
/// <param name="label">The label.</param>
/// <param name="scorer">Predicts rows of features.</param>
internal sealed class EffectCurves(FittedModel fitted, LabelColumn label, FeatureScorer scorer)
{
    private const int MostFeatures = 18, MostRows = 200, RowsOfGrid = 2000, Points = 24, MostClasses = 6, MostCategories = 200;

    // The copies of rows that are scored hold at most so many numbers.
    private const long MostNumbers = 200_000_000;

    /// <summary>Returns the effects of the most important features.</summary>
    /// <param name="seed">The seed of the rows.</param>
    public IEnumerable<ReportEffect> All(int seed)
    {
        FeatureGate[] kept =
        [
            .. fitted.Selection.Features.Where(feature => feature.IsSelected).OrderByDescending(feature => feature.Importance)
                .ThenBy(feature => feature.Index).Take(MostFeatures),
        ];
        float[][] sample = scorer.Sample(RowsOfGrid, seed);
        if (kept.Length == 0 || sample.Length == 0)
        {
            yield break;
        }

        if (fitted.Selection.IsAdditive || fitted.Selection.Pairs.Count > 0)
        {
            foreach (FeatureGate feature in kept)
            {
                float[] grid = Grid([.. sample.Select(row => row[feature.Slots[0]])]);
                yield return new AdditiveEffects(fitted.Selection, label)
                    .Of(feature, grid.Length < 2 ? 0 : grid[0], grid.Length < 2 ? 1 : grid[^1]);
            }

            yield break;
        }

        int most = (int)Math.Clamp(MostNumbers / ((long)kept.Length * Points * scorer.Slots), 20, MostRows);
        float[][] rows = [.. sample.Take(most)];
        foreach (FeatureGate feature in kept)
        {
            ReportEffect? effect = feature.Slots.Count == 1
                ? OfNumber(feature, Grid([.. sample.Select(row => row[feature.Slots[0]])]), rows)
                : IsCategory(feature, sample) ? OfCategory(feature, rows) : null;
            if (effect is not null)
            {
                yield return effect;
            }
        }
    }

    // Over the middle 95 % of the values, so that rare ones far away do not stretch the axis: half of the points where the values are, and
    // half at equal distances, since many values may be the same.
    private static float[] Grid(float[] values)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        float At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        float low = At(0.025), high = At(0.975);
        IEnumerable<float> shares = Enumerable.Range(0, Points / 2).Select(i => (float)i / ((Points / 2) - 1));
        return [.. shares.SelectMany(share => (float[])[At(0.025 + (0.95 * share)), low + (share * (high - low))]).Distinct().Order()];
    }

    private static bool IsCategory(FeatureGate feature, float[][] sample) => feature.Slots.Count <= MostCategories
        && sample.All(row => feature.Slots.Count(slot => row[slot] != 0) <= 1 && feature.Slots.All(slot => row[slot] is 0 or 1));

    private ReportEffect? OfNumber(FeatureGate feature, float[] grid, float[][] rows)
    {
        if (grid.Length < 2)
        {
            // A flag that is rarely set has one quantile only.
            grid = [0, 1];
        }

        double[][] means = Means(rows, [.. grid.Select(value => (Action<float[]>)(row => row[feature.Slots[0]] = value))]);
        return new ReportEffect
        {
            Feature = feature.Name,
            Prediction = Prediction,
            Curves =
            [
                .. Shown(means).Select(output => new ReportCurve
                {
                    Name = label.Task == LearningTask.Multiclass ? label.Words[output] : Prediction,
                    Points = [.. grid.Zip(means, (x, mean) => ((double)x, mean[output]))],
                }),
            ],
        };
    }

    private ReportEffect? OfCategory(FeatureGate feature, float[][] rows)
    {
        double[][] means = Means(rows, [.. feature.Slots.Select(set => (Action<float[]>)(row =>
        {
            foreach (int slot in feature.Slots)
            {
                row[slot] = slot == set ? 1 : 0;
            }
        }))]);
        int output = label.Task == LearningTask.Multiclass ? Shown(means)[0] : 0;
        string prediction = label.Task == LearningTask.Multiclass ? $"probability of {label.Words[output]}" : Prediction;
        string[] names = [.. feature.Slots.Select(slot => fitted.Selection.BySlot[slot].Name)];
        return new ReportEffect
        {
            Feature = feature.Name,
            Prediction = prediction,
            Categories =
            [
                .. names.Zip(means, (name, mean) => (Category(name, feature.Name), mean[output])).OrderByDescending(one => one.Item2),
            ],
        };
    }

    private string Prediction => label.Task switch
    {
        LearningTask.Binary => $"probability of {label.Positive}",
        LearningTask.Multiclass => "probability",
        _ => label.Name,
    };

    private static string Category(string slot, string feature) =>
        slot.Length > feature.Length + 1 && slot.StartsWith(feature + ".", StringComparison.Ordinal) ? slot[(feature.Length + 1)..] : slot;

    // Of several classes, those that the feature moves most.
    private static int[] Shown(double[][] means) =>
    [
        .. Enumerable.Range(0, means[0].Length)
            .OrderByDescending(output => means.Max(mean => mean[output]) - means.Min(mean => mean[output])).Take(MostClasses),
    ];

    private double[][] Means(float[][] rows, Action<float[]>[] changes)
    {
        IEnumerable<float[]> changed = changes.SelectMany(change => rows.Select(row =>
        {
            float[] copy = [.. row];
            change(copy);
            return copy;
        }));
        return
        [
            .. scorer.Predict(changed).Chunk(rows.Length).Select(chunk =>
                Enumerable.Range(0, chunk[0].Length).Select(output => chunk.Average(row => row[output])).ToArray()),
        ];
    }
}
