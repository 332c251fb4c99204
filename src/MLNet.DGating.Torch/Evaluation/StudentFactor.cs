namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Widens a number of standard errors where few values gave the error, which is then uncertain (docs/theory.md §13).</summary>
internal static class StudentFactor
{
    /// <summary>Gives how many of the errors of <see cref="RowMean"/> are as rare as <paramref name="standardErrors"/> true ones.</summary>
    /// <remarks>
    /// That is Student's quantile at the level of the normal one, times √(n / (n − 1)), since the error divides by n. The quantile is
    /// Fisher's expansion (Fisher and Cornish 1960); for one degree of freedom it is exact.
    /// </remarks>
    /// <param name="standardErrors">The normal quantile z, 0 to 3.</param>
    /// <param name="count">The number n of independent values; infinity is returned where it does not exceed 1.</param>
    public static double Of(double standardErrors, double count)
    {
        double freedom = count - 1;
        if (freedom <= 0)
        {
            return double.PositiveInfinity;
        }

        double quantile = freedom <= 1 ? Cauchy(standardErrors) : Expansion(standardErrors, freedom);
        return quantile * Math.Sqrt(count / freedom);
    }

    private static double Expansion(double z, double freedom)
    {
        double square = z * z;
        ReadOnlySpan<double> terms =
        [
            z,
            z * (square + 1) / 4,
            z * ((5 * square + 16) * square + 3) / 96,
            z * (((3 * square + 19) * square + 17) * square - 15) / 384,
            z * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160,
        ];
        double sum = 0;
        for (int i = terms.Length - 1; i >= 0; i--)
        {
            sum = sum / freedom + terms[i];
        }

        return sum;
    }

    // With one degree of freedom Student's distribution is Cauchy's.
    private static double Cauchy(double z) => 1 / Math.Tan(Math.PI * UpperTail(z));

    // The chance that a normal value exceeds z, by Simpson's rule on the density from 0 to z.
    private static double UpperTail(double z)
    {
        const int Steps = 64;
        double width = z / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            int weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(-0.5 * i * width * i * width);
        }

        return 0.5 - sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }
}
