using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Collects the sums of labels of each value of a category, by folds.</summary>
/// <param name="width">The count of numbers of a label.</param>
/// <param name="folds">The number of folds.</param>
internal sealed class LabelSums(int width, int folds)
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);

    // Of each word and fold the number of rows and the sums of the label's numbers.
    private readonly List<double[]> _sums = [];
    private readonly double[] _totals = new double[width], _squares = new double[width];

    /// <summary>The number of rows, also those without a word.</summary>
    public long Rows { get; private set; }

    /// <summary>The fold of a row. It follows from the row's id, which is the same in every order.</summary>
    public static int FoldOf(DataViewRowId id, int folds)
    {
        ulong mixed = unchecked((id.Low ^ (id.High * 0x9E3779B97F4A7C15)) + 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return (int)((mixed ^ (mixed >> 31)) % (ulong)folds);
    }

    public void Add(ReadOnlySpan<char> word, int fold, double[] targets)
    {
        Rows++;
        for (int k = 0; k < width; k++)
        {
            double deviation = targets[k] - _totals[k] / Math.Max(1, Rows - 1);
            _totals[k] += targets[k];
            // Welford's update, so that a large mean costs no precision.
            _squares[k] += deviation * (targets[k] - _totals[k] / Rows);
        }

        if (word.IsEmpty)
        {
            return;
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out int number))
        {
            number = _sums.Count;
            _words.Add(word.ToString(), number);
            _sums.Add(new double[folds * (width + 1)]);
        }

        Span<double> sums = _sums[number].AsSpan(fold * (width + 1), width + 1);
        sums[0]++;
        for (int k = 0; k < width; k++)
        {
            sums[k + 1] += targets[k];
        }
    }

    /// <summary>Gives the smoothed means.</summary>
    /// <param name="smoothing">The number of rows as which the mean of all rows counts; null to have it follow from the labels.</param>
    /// <param name="names">The names of the label's classes.</param>
    public TargetMeans Means(double? smoothing, string[] names)
    {
        double[] priors = Array.ConvertAll(_totals, total => total / Rows);
        double weight = smoothing ?? Smoothing(priors);
        float[] means = new float[_sums.Count * width], folded = new float[_sums.Count * folds * width];
        for (int word = 0; word < _sums.Count; word++)
        {
            double[] all = Total(_sums[word]);
            for (int k = 0; k < width; k++)
            {
                means[word * width + k] = Mean(all[k + 1], all[0], priors[k]);
                for (int fold = 0; fold < folds; fold++)
                {
                    ReadOnlySpan<double> own = _sums[word].AsSpan(fold * (width + 1), width + 1);
                    // The mean of all rows is the same for every row, so that it tells a row nothing of its own label.
                    folded[(word * folds + fold) * width + k] = Mean(all[k + 1] - own[k + 1], all[0] - own[0], priors[k]);
                }
            }
        }

        string[] words = new string[_words.Count];
        foreach ((string word, int number) in _words)
        {
            words[number] = word;
        }

        return new TargetMeans(words, Array.ConvertAll(priors, prior => (float)prior), means, names)
        {
            Folded = new FoldedMeans(folds, folded),
        };

        float Mean(double sum, double rows, double prior) =>
            rows == 0 || double.IsPositiveInfinity(weight) ? (float)prior : (float)((sum + weight * prior) / (rows + weight));
    }

    // The variance of labels within values over that between them (docs/theory.md §29): one-way analysis of variance.
    private double Smoothing(double[] priors)
    {
        double rows = 0, squaredRows = 0, between = 0, total = 0, missing = Rows;
        foreach (double[] sums in _sums)
        {
            double[] all = Total(sums);
            rows += all[0];
            squaredRows += all[0] * all[0];
            for (int k = 0; k < width; k++)
            {
                double deviation = all[k + 1] / all[0] - priors[k];
                between += all[0] * deviation * deviation;
            }
        }

        missing -= rows;
        total = _squares.Sum();
        int values = _sums.Count;
        if (values < 2 || rows <= values)
        {
            return double.PositiveInfinity;
        }

        // Rows without a value count as varying like all others.
        double within = Math.Max(0, total * (1 - missing / Rows) - between) / (rows - values);
        double ofValues = (between / (values - 1) - within) / ((rows - squaredRows / rows) / (values - 1));
        return ofValues > 0 ? within / ofValues : double.PositiveInfinity;
    }

    private double[] Total(double[] sums)
    {
        double[] all = new double[width + 1];
        for (int i = 0; i < sums.Length; i++)
        {
            all[i % (width + 1)] += sums[i];
        }

        return all;
    }
}
