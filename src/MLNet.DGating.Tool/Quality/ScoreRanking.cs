namespace MLNet.DGating.Tool.Quality;

/// <summary>Rows by their score of a class, the highest first: what curves over all thresholds are made of.</summary>
internal sealed class ScoreRanking
{
    private readonly int[] _order;
    private readonly double[] _scores;
    private readonly bool[] _isPositive;

    /// <param name="scores">The score of each row.</param>
    /// <param name="isPositive">Whether each row is of the class.</param>
    public ScoreRanking(double[] scores, bool[] isPositive)
    {
        _order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row])];
        _scores = Array.ConvertAll(_order, row => scores[row]);
        _isPositive = Array.ConvertAll(_order, row => isPositive[row]);
    }

    /// <summary>Returns the areas under the ROC curve and under the precision-recall curve; NaN where all rows are of one kind.</summary>
    /// <remarks>Rows of one score are one step of both curves. The second area is the average precision.</remarks>
    /// <param name="weights">The weights of the rows.</param>
    public (double Roc, double PrecisionRecall) Areas(double[] weights)
    {
        double roc = 0, precisionRecall = 0, positive = 0, negative = 0;
        for (int i = 0; i < _order.Length;)
        {
            double score = _scores[i], more = 0, fewer = 0;
            do
            {
                double weight = weights[_order[i]];
                more += _isPositive[i] ? weight : 0;
                fewer += _isPositive[i] ? 0 : weight;
                i++;
            }
            while (i < _order.Length && _scores[i] == score);

            roc += fewer * (positive + more / 2);
            positive += more;
            negative += fewer;
            precisionRecall += more > 0 ? more * positive / (positive + negative) : 0;
        }

        return (roc / positive / negative, precisionRecall / positive);
    }
}
