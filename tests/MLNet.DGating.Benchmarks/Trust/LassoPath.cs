using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Follows the path of the lasso by coordinate descent, and gives the λ at which every column enters.</summary>
internal static class LassoPath
{
    private const int Steps = 200, Sweeps = 50;
    private const double LastShare = 1e-3;

    /// <summary>Gives the largest λ of a grid at which each column has a weight; 0 for those that never have one.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="most">The path ends where so many columns have entered.</param>
    public static double[] Entries(TrainingSet data, int most = int.MaxValue)
    {
        (double[,] gram, double[] correlations) = Moments(data);
        int columns = correlations.Length;
        double[] entries = new double[columns], weights = new double[columns], residuals = (double[])correlations.Clone();
        double first = correlations.Max(Math.Abs);
        for (int step = 1; step <= Steps && entries.Count(entry => entry > 0) < most; step++)
        {
            double lambda = first * Math.Pow(LastShare, (double)step / Steps);
            double largestChange = double.PositiveInfinity;
            for (int sweep = 0; sweep < Sweeps && largestChange > 1e-4 * lambda; sweep++)
            {
                largestChange = Sweep(gram, residuals, weights, lambda);
            }

            for (int j = 0; j < columns; j++)
            {
                entries[j] = entries[j] == 0 && weights[j] != 0 ? lambda : entries[j];
            }
        }

        return entries;
    }

    // One pass over all columns. The residuals are the correlations of the columns with what the label has left.
    private static double Sweep(double[,] gram, double[] residuals, double[] weights, double lambda)
    {
        double largest = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            double raw = residuals[j] + gram[j, j] * weights[j];
            double weight = Math.Sign(raw) * Math.Max(0, Math.Abs(raw) - lambda) / gram[j, j];
            double change = weight - weights[j];
            if (change != 0)
            {
                weights[j] = weight;
                largest = Math.Max(largest, Math.Abs(change));
                for (int k = 0; k < residuals.Length; k++)
                {
                    residuals[k] -= gram[j, k] * change;
                }
            }
        }

        return largest;
    }

    private static (double[,] Gram, double[] Correlations) Moments(TrainingSet data)
    {
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        FeatureRows features = data.EncodedBy(rows);
        int columns = features.Columns;
        double[,] gram = new double[columns, columns];
        double[] correlations = new double[columns];
        float[] row = new float[columns];
        foreach (int i in rows)
        {
            features.Read(i, row);
            for (int j = 0; j < columns; j++)
            {
                correlations[j] += row[j] * data.Targets[i] / rows.Length;
                for (int k = 0; k <= j; k++)
                {
                    gram[j, k] += (double)row[j] * row[k] / rows.Length;
                }
            }
        }

        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < j; k++)
            {
                gram[k, j] = gram[j, k];
            }
        }

        return (gram, correlations);
    }
}
