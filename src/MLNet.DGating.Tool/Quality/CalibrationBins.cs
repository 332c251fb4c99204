namespace MLNet.DGating.Tool.Quality;

/// <summary>Rows in bins of similar probability, about equally many in each.</summary>
internal sealed class CalibrationBins
{
    private const int MostBins = 10, FewestRows = 10;

    private readonly int[] _binOfRow;
    private readonly double[] _probabilities;
    private readonly bool[] _happened;

    /// <param name="probabilities">The predicted probability of each row.</param>
    /// <param name="happened">Whether what was predicted with it came true.</param>
    /// <param name="weights">The weight of each row: each bin has about the same sum.</param>
    public CalibrationBins(double[] probabilities, bool[] happened, double[] weights)
    {
        (_probabilities, _happened) = (probabilities, happened);
        _binOfRow = new int[probabilities.Length];
        int bins = Math.Clamp(probabilities.Length / FewestRows, 1, MostBins);
        int[] order = [.. Enumerable.Range(0, probabilities.Length).OrderBy(row => probabilities[row])];
        double below = 0, all = weights.Sum();
        for (int place = 0; place < order.Length; below += weights[order[place++]])
        {
            // Rows of one probability are in one bin.
            bool isSame = place > 0 && probabilities[order[place]] == probabilities[order[place - 1]];
            _binOfRow[order[place]] = isSame ? _binOfRow[order[place - 1]] : Math.Min(bins - 1, (int)(below * bins / all));
        }

        Count = bins;
    }

    public int Count { get; }

    /// <summary>Returns the expected calibration error: the mean distance of probability and frequency in a bin.</summary>
    /// <remarks>Naeini, Cooper and Hauskrecht 2015, with bins of equally many rows.</remarks>
    public double Error(double[] weights)
    {
        (double Weight, double Predicted, double Happened)[] bins = Sums(weights);
        return bins.Sum(bin => Math.Abs(bin.Predicted - bin.Happened)) / bins.Sum(bin => bin.Weight);
    }

    /// <summary>Returns the mean probability and the frequency of each bin that has rows, with its weight.</summary>
    public IEnumerable<(double Predicted, double Happened, double Weight)> Means(double[] weights) => Sums(weights)
        .Where(bin => bin.Weight > 0)
        .Select(bin => (bin.Predicted / bin.Weight, bin.Happened / bin.Weight, bin.Weight));

    private (double Weight, double Predicted, double Happened)[] Sums(double[] weights)
    {
        var sums = new (double Weight, double Predicted, double Happened)[Count];
        for (int row = 0; row < weights.Length; row++)
        {
            ref (double Weight, double Predicted, double Happened) bin = ref sums[_binOfRow[row]];
            bin.Weight += weights[row];
            bin.Predicted += weights[row] * _probabilities[row];
            bin.Happened += _happened[row] ? weights[row] : 0;
        }

        return sums;
    }
}
