using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Training;

/// <summary>The metrics of several classes.</summary>
internal sealed class MulticlassMetrics
{
    private const double SmallestProbability = 1e-15;

    private readonly IReadOnlyList<string> _words;
    private readonly double[] _weights, _right;
    private readonly long[] _rows, _predicted;
    private double _loss;

    private MulticlassMetrics(IReadOnlyList<string> words)
    {
        _words = words;
        (_weights, _right) = (new double[words.Count], new double[words.Count]);
        (_rows, _predicted) = (new long[words.Count], new long[words.Count]);
    }

    public long Rows => _rows.Sum();

    /// <summary>The rows of each class.</summary>
    public IReadOnlyList<ClassCount> Classes =>
        [.. _words.Select((word, i) => new ClassCount(word, _rows[i], _predicted[i]))];

    public static MulticlassMetrics Of(IEnumerable<ScoredClass> rows, IReadOnlyList<string> words)
    {
        var metrics = new MulticlassMetrics(words);
        foreach (ScoredClass row in rows.Where(row => row.Label >= 0))
        {
            metrics.Add(row);
        }

        return metrics;
    }

    public Metric[] All() =>
    [
        new("accuracy", _right.Sum() / _weights.Sum()),
        new("macroAccuracy", Enumerable.Range(0, _words.Count).Where(i => _rows[i] > 0).Average(i => _right[i] / _weights[i])),
        new("logLoss", _loss / _weights.Sum()),
    ];

    private void Add(ScoredClass row)
    {
        _rows[row.Label]++;
        _weights[row.Label] += row.Weight;
        _right[row.Label] += row.Predicted == row.Label ? row.Weight : 0;
        _loss -= row.Weight * Math.Log(Math.Max(SmallestProbability, row.Probability));
        if (row.Predicted >= 0)
        {
            _predicted[row.Predicted]++;
        }
    }
}
