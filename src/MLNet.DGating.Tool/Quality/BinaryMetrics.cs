using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Quality;

/// <summary>The metrics of two classes.</summary>
internal sealed class BinaryMetrics : MetricSet
{
    // As ML.NET's: no probability is taken for a certainty.
    private const double SmallestProbability = 1e-15;

    private readonly ScoredBoolean[] _rows;
    private readonly ScoreRanking _ranking;
    private readonly CalibrationBins _calibration;
    private readonly double[] _losses;
    private readonly ThresholdRule? _rule;

    private BinaryMetrics(ScoredBoolean[] sorted, ThresholdRule? rule)
        : base(Array.ConvertAll(sorted, row => row.Weight), Array.ConvertAll(sorted, row => row.Block))
    {
        _rows = sorted;
        _rule = rule;
        _ranking = new ScoreRanking(Array.ConvertAll(sorted, row => row.Score), Array.ConvertAll(sorted, row => row.Label));
        _calibration = new CalibrationBins(
            Array.ConvertAll(sorted, row => row.Probability), Array.ConvertAll(sorted, row => row.Label),
            Array.ConvertAll(sorted, row => row.Weight));
        _losses = Array.ConvertAll(sorted, row =>
            -Math.Log(Math.Max(SmallestProbability, row.Label ? row.Probability : 1 - row.Probability)));
    }

    /// <summary>The rows, the highest score first.</summary>
    public IReadOnlyList<ScoredBoolean> Sorted => _rows;

    /// <summary>The bins of the calibration curve.</summary>
    public IEnumerable<(double Predicted, double Happened, double Weight)> Calibration =>
        _calibration.Means(Array.ConvertAll(_rows, row => row.Weight));

    /// <summary>Whether there are rows of both classes. Without them an area under a curve has no meaning.</summary>
    public bool HasBothClasses => _rows.Any(row => row.Label) && _rows.Any(row => !row.Label);

    protected override IReadOnlyList<(string Name, string? Unit)> Names =>
    [
        ("accuracy", null), ("areaUnderRocCurve", null), ("areaUnderPrecisionRecallCurve", null), ("f1Score", null), ("precision", null),
        ("recall", null), ("logLoss", "nats"), ("calibrationError", null), ("costPerRow", null),
    ];

    /// <param name="rows">The rows.</param>
    /// <param name="rule">The rule that chose the threshold, whose costs are a metric; null where there is none.</param>
    public static BinaryMetrics Of(IEnumerable<ScoredBoolean> rows, ThresholdRule? rule = null) =>
        new([.. rows.OrderByDescending(row => row.Score)], rule);

    public override double[] Compute(double[] weights)
    {
        double all = 0, right = 0, positive = 0, called = 0, found = 0, loss = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            double weight = weights[i];
            (bool label, bool predicted) = (_rows[i].Label, _rows[i].Predicted);
            all += weight;
            right += label == predicted ? weight : 0;
            positive += label ? weight : 0;
            called += predicted ? weight : 0;
            found += label && predicted ? weight : 0;
            loss += weight * _losses[i];
        }

        (double roc, double precisionRecall) = _ranking.Areas(weights);
        return
        [
            right / all, roc, precisionRecall, 2 * found / (positive + called), found / called, found / positive, loss / all,
            _calibration.Error(weights),
            _rule is { Kind: ThresholdKind.Cost } rule
                ? ((rule.FalseAlarmCost * (called - found)) + (rule.MissCost * (positive - found))) / all
                : double.NaN,
        ];
    }

    /// <summary>Returns the rows of each class.</summary>
    /// <param name="words">The negative and the positive class.</param>
    public ClassCount[] Classes(IReadOnlyList<string> words) =>
    [
        new(words[0], _rows.Count(row => !row.Label), _rows.Count(row => !row.Predicted)),
        new(words[1], _rows.Count(row => row.Label), _rows.Count(row => row.Predicted)),
    ];

    /// <summary>Returns the number of rows of each class, by the predicted one: negative first.</summary>
    public long[][] Confusion()
    {
        long Count(bool label, bool predicted) => _rows.LongCount(row => row.Label == label && row.Predicted == predicted);
        return [[Count(false, false), Count(false, true)], [Count(true, false), Count(true, true)]];
    }
}
