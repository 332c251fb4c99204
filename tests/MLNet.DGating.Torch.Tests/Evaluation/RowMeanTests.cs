using MLNet.DGating.Torch.Evaluation;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class RowMeanTests
{
    private static readonly Gen<double[]> s_values = Gen.Double[-3, 3].Array[2, 40];

    [Fact]
    public void WithoutWeights_ItIsTheMean_AndItsErrorTheDeviationOverTheRoot() => s_values.Sample(values =>
    {
        (double mean, double error) = RowMean.Of(values, []);
        Assert.Equal(values.Average(), mean, 1e-12);
        Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / values.Length), error, 1e-12);
    });

    [Fact]
    public void Weights_AreRatios_AndARowOfWeightZeroDoesNotCount() => s_values.Sample(values =>
    {
        float[] sevens = [.. values.Select(_ => 7f)];
        (double mean, double error) = RowMean.Of(values, []);
        Assert.Equal(mean, RowMean.Of(values, sevens).Mean, 1e-12);
        Assert.Equal(error, RowMean.Of(values, sevens).Error, 1e-12);
        var further = RowMean.Of([.. values, 1000], [.. sevens, 0]);
        Assert.Equal(mean, further.Mean, 1e-12);
        Assert.Equal(error, further.Error, 1e-12);
    });

    [Fact]
    public void ABlock_CountsAsOneRowOfItsMean() => s_values.Sample(values =>
    {
        double[] twice = [.. values, .. values];
        int[] blocks = [.. Enumerable.Range(0, twice.Length).Select(i => i % values.Length)];
        Assert.Equal(RowMean.Of(values, []).Error, RowMean.Of(twice, [], blocks).Error, 1e-12);
    });

    [Fact]
    public void Differences_AreTakenRowByRow() => Gen.Select(s_values, Gen.Double[-1, 1]).Sample((values, shift) =>
    {
        double[] shifted = Array.ConvertAll(values, value => value + shift);
        (double mean, double error) = RowMean.OfDifferences(shifted, values, []);
        Assert.Equal(shift, mean, 1e-12);
        Assert.Equal(0, error, 1e-12);
    });
}
