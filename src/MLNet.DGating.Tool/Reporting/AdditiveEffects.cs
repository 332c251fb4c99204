using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>What the features of an additive model add to its score: their curves, exactly, and the surfaces of its pairs.</summary>
/// <param name="selection">The selection of the model.</param>
/// <param name="label">The label.</param>
internal sealed class AdditiveEffects(FeatureSelectionReport selection, LabelColumn label)
{
    private const int MostClasses = 6, MostPairs = 18;

    private string Prediction => label.Task switch
    {
        LearningTask.Binary => $"added to the log-odds of {label.Positive}",
        LearningTask.Multiclass => "added to the score of a class",
        _ => $"added to the score of {label.Name}",
    };

    private int Outputs => label.Task == LearningTask.Multiclass ? label.Words.Count : 1;

    /// <summary>Returns the effect of a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="low">The least value of a number that is shown.</param>
    /// <param name="high">The greatest one, above the least.</param>
    public ReportEffect Of(FeatureGate feature, float low, float high)
    {
        FeatureCurve[] curves = [.. Enumerable.Range(0, Outputs).Select(output => selection.GetCurve(feature.Name, output))];
        int[] shown = [.. curves.Index().OrderByDescending(curve => Range(curve.Item)).Take(MostClasses).Select(curve => curve.Index)];
        return feature.Slots.Count == 1
            ? new ReportEffect
            {
                Feature = feature.Name,
                Prediction = Prediction,
                IsAdded = true,
                Curves = [.. shown.Select(output => Curve(NameOf(output), curves[output], low, high))],
            }
            : new ReportEffect
            {
                Feature = feature.Name,
                Prediction = Outputs > 1 ? $"added to the score of {label.Words[shown[0]]}" : Prediction,
                IsAdded = true,
                Categories =
                [
                    .. curves[shown[0]].Levels.Select(level => (level.Name, (double)level.Y)).OrderByDescending(level => level.Item2),
                ],
            };
    }

    /// <summary>Returns the surfaces of the strongest pairs: of several classes that of the class which each moves most.</summary>
    public IEnumerable<ReportSurface> Surfaces() => selection.Pairs.Take(MostPairs).Select(pair =>
    {
        FeatureSurface[] surfaces =
            [.. Enumerable.Range(0, Outputs).Select(output => selection.GetSurface(pair.First.Name, pair.Second.Name, output))];
        (int output, FeatureSurface surface) = surfaces.Index().MaxBy(one => Range(one.Item));
        return new ReportSurface
        {
            Surface = surface,
            Prediction = Outputs > 1 ? $"added to the score of {label.Words[output]}" : Prediction,
        };
    });

    private string NameOf(int output) => Outputs > 1 ? label.Words[output] : Prediction;

    private static ReportCurve Curve(string name, FeatureCurve curve, float low, float high)
    {
        IEnumerable<float> between = curve.Points.Select(point => point.X).Where(x => x > low && x < high);
        IEnumerable<float> all = between.Prepend(low).Append(high);
        return new ReportCurve { Name = name, Points = [.. all.Select(x => ((double)x, (double)curve.At(x)))] };
    }

    private static float Range(FeatureSurface surface)
    {
        IEnumerable<float> values = Enumerable.Range(0, surface.Rows.Count)
            .SelectMany(row => Enumerable.Range(0, surface.Columns.Count).Select(column => surface[row, column]));
        return values.Max() - values.Min();
    }

    private static float Range(FeatureCurve curve)
    {
        float[] values = [.. curve.Points.Select(point => point.Y), .. curve.Levels.Select(level => level.Y)];
        return values.Length == 0 ? 0 : values.Max() - values.Min();
    }
}
