using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Training;

/// <summary>The metrics of two classes.</summary>
internal sealed class BinaryMetrics
{
    // As ML.NET's: no probability is taken for a certainty.
    private const double SmallestProbability = 1e-15;

    private readonly ScoredBoolean[] _rows;
    private readonly double _positive, _negative;

    private BinaryMetrics(ScoredBoolean[] rows)
    {
        _rows = rows;
        _positive = Sum(row => row.Label);
        _negative = Sum(row => !row.Label);
    }

    public long Rows => _rows.Length;

    /// <summary>Whether there are rows of both classes. Without them an area under a curve has no meaning.</summary>
    public bool HasBothClasses => _positive > 0 && _negative > 0;

    public static BinaryMetrics Of(IEnumerable<ScoredBoolean> rows) => new([.. rows.OrderByDescending(row => row.Score)]);

    public Metric[] All()
    {
        (double roc, double precisionRecall) = Areas();
        double found = Sum(row => row.Label && row.Predicted);
        double loss = _rows.Sum(row =>
            row.Weight * -Math.Log2(Math.Max(SmallestProbability, row.Label ? row.Probability : 1 - row.Probability)));
        return
        [
            new("accuracy", Sum(row => row.Label == row.Predicted) / (_positive + _negative)),
            new("areaUnderRocCurve", roc),
            new("areaUnderPrecisionRecallCurve", precisionRecall),
            new("f1Score", 2 * found / (_positive + Sum(row => row.Predicted))),
            new("logLoss", loss / (_positive + _negative)),
        ];
    }

    /// <summary>Returns the rows of each class.</summary>
    /// <param name="words">The negative and the positive class.</param>
    public ClassCount[] Classes(IReadOnlyList<string> words) =>
    [
        new(words[0], _rows.Count(row => !row.Label), _rows.Count(row => !row.Predicted)),
        new(words[1], _rows.Count(row => row.Label), _rows.Count(row => row.Predicted)),
    ];

    // Rows of one score are one step of both curves.
    private (double Roc, double PrecisionRecall) Areas()
    {
        double roc = 0, precisionRecall = 0, positive = 0, negative = 0;
        foreach (IGrouping<double, ScoredBoolean> step in _rows.GroupBy(row => row.Score))
        {
            double more = step.Sum(row => row.Label ? row.Weight : 0), fewer = step.Sum(row => row.Label ? 0 : row.Weight);
            roc += fewer * (positive + more / 2);
            positive += more;
            negative += fewer;
            precisionRecall += more * positive / (positive + negative);
        }

        return (roc / _positive / _negative, precisionRecall / _positive);
    }

    private double Sum(Func<ScoredBoolean, bool> counts) => _rows.Sum(row => counts(row) ? row.Weight : 0);
}
