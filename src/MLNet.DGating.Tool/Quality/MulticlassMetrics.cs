using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Quality;

/// <summary>The metrics of several classes.</summary>
internal sealed class MulticlassMetrics : MetricSet
{
    private const double SmallestProbability = 1e-15;

    private readonly ScoredClass[] _rows;
    private readonly IReadOnlyList<string> _words;
    private readonly double[] _losses;
    private readonly ScoreRanking[] _rankings;
    private readonly CalibrationBins _calibration;

    private MulticlassMetrics(ScoredClass[] rows, IReadOnlyList<string> words)
        : base(Array.ConvertAll(rows, row => row.Weight), Array.ConvertAll(rows, row => row.Block))
    {
        _rows = rows;
        _words = words;
        _losses = Array.ConvertAll(rows, row => -Math.Log(Math.Max(SmallestProbability, row.Probability)));
        _rankings =
        [
            .. words.Select((_, one) => new ScoreRanking(
                Array.ConvertAll(rows, row => (double)row.Probabilities[one]), Array.ConvertAll(rows, row => row.Label == one))),
        ];
        _calibration = new CalibrationBins(
            Array.ConvertAll(rows, row => row.Confidence), Array.ConvertAll(rows, row => row.Label == row.Predicted),
            Array.ConvertAll(rows, row => row.Weight));
    }

    /// <summary>The rows of each class.</summary>
    public IReadOnlyList<ClassCount> Classes =>
        [.. _words.Select((word, i) => new ClassCount(word, _rows.Count(row => row.Label == i), _rows.Count(row => row.Predicted == i)))];

    /// <summary>The bins of the calibration curve of the predicted class.</summary>
    public IEnumerable<(double Predicted, double Happened, double Weight)> Calibration =>
        _calibration.Means(Array.ConvertAll(_rows, row => row.Weight));

    protected override int Passes => _words.Count;

    protected override IReadOnlyList<(string Name, string? Unit)> Names =>
    [
        ("accuracy", null), ("macroAccuracy", null), ("macroPrecision", null), ("macroF1Score", null),
        ("macroAreaUnderRocCurve", null), ("logLoss", "nats"), ("calibrationError", null),
    ];

    public static MulticlassMetrics Of(IEnumerable<ScoredClass> rows, IReadOnlyList<string> words) =>
        new([.. rows.Where(row => row.Label >= 0)], words);

    public override double[] Compute(double[] weights)
    {
        double[] actual = new double[_words.Count], called = new double[_words.Count], right = new double[_words.Count];
        double all = 0, loss = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            (int label, int predicted) = (_rows[i].Label, _rows[i].Predicted);
            actual[label] += weights[i];
            all += weights[i];
            loss += weights[i] * _losses[i];
            if (predicted >= 0)
            {
                called[predicted] += weights[i];
                right[label] += label == predicted ? weights[i] : 0;
            }
        }

        // A class that is never predicted has no precision, and counts as one of 0 (as in scikit-learn).
        double Mean(Func<int, double> of) =>
            Enumerable.Range(0, _words.Count).Where(i => actual[i] > 0).Select(of).DefaultIfEmpty(double.NaN).Average();
        return
        [
            right.Sum() / all, Mean(i => right[i] / actual[i]), Mean(i => called[i] > 0 ? right[i] / called[i] : 0),
            Mean(i => 2 * right[i] / (actual[i] + called[i])), Area(weights), loss / all, _calibration.Error(weights),
        ];
    }

    /// <summary>Returns the number of rows of each class, by the predicted one.</summary>
    public long[][] Confusion()
    {
        long[][] counts = [.. _words.Select(_ => new long[_words.Count])];
        foreach (ScoredClass row in _rows.Where(row => row.Predicted >= 0))
        {
            counts[row.Label][row.Predicted]++;
        }

        return counts;
    }

    // Each class against all others (Provost and Domingos 2000), with the same weight. One without rows has no curve.
    private double Area(double[] weights) =>
        _rankings.Select(ranking => ranking.Areas(weights).Roc).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
