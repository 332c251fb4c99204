using MLNet.DGating.Torch.Evaluation;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class StudentFactorTests
{
    // Student's quantiles at the level 0.977250 of two normal standard errors.
    [Theory]
    [InlineData(2, 13.968), InlineData(3, 4.527), InlineData(4, 3.307), InlineData(6, 2.649), InlineData(11, 2.284), InlineData(101, 2.025)]
    public void Of_IsStudentsQuantile_WiderByTheDivisor(int count, double quantile) =>
        Assert.Equal(1, StudentFactor.Of(2, count) / (quantile * Math.Sqrt(count / (count - 1.0))), 0.01);

    [Fact]
    public void Of_FallsWithTheCount_TowardsTheNormalOne() => Gen.Double[1.01, 1e4].Sample(count =>
        Assert.InRange(StudentFactor.Of(2, 2 * count), 2, StudentFactor.Of(2, count)));

    [Fact]
    public void Of_OneValue_IsInfinite() => Assert.Equal(double.PositiveInfinity, StudentFactor.Of(2, 1));

    // A mean of six normal values is above so many of its errors as rarely as a normal value is above two.
    [Fact]
    public void Of_SixValues_IsExceededAsRarelyAsTwoNormalErrors()
    {
        var random = new Random(1);
        const int Trials = 100_000;
        double factor = StudentFactor.Of(2, 6);
        int above = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 6).Select(_ => Gauss(random))];
            (double mean, double error) = RowMean.Of(values, []);
            above += mean > factor * error ? 1 : 0;
        }

        Assert.Equal(0.02275, above / (double)Trials, 0.002);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
