using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

public class Bfloat16ProductsTests
{
    // Eight binary digits, the first of which is not stored: half a unit of the last is 2⁻⁹ of the value at most.
    private const double Half = 1.0 / 256;

    [Fact]
    public void Rounding_IsToTheNearest_AtAnyLength() => Gen.Select(Gen.Int[0, 100], Gen.Int).Sample((count, seed) =>
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextNormal() * MathF.Pow(10, random.Next(-20, 20)))];
        float[] rounded = Rounded(values);
        for (int i = 0; i < count; i++)
        {
            float one = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(values[i]) & 0xFFFF0000);
            float other = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(one) + 0x10000);
            double nearest = Math.Min(Math.Abs((double)values[i] - one), Math.Abs((double)other - values[i]));
            Assert.Equal(nearest, Math.Abs((double)rounded[i] - values[i]));
        }
    });

    [Fact]
    public void WhatHasEightDigits_IsKept_AndTiesGoToTheEvenNeighbour()
    {
        float[] exact = [0, 1, -1, 0.5f, 255, -3, float.PositiveInfinity];
        Assert.Equal(exact, Rounded(exact));
        Assert.Equal([256, 260], Rounded([257, 259]));
        Assert.True(float.IsNaN(Rounded([float.NaN])[0]));
    }

    [Fact]
    public void Products_AreThoseOfRoundedFactors_RoundedOnce() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int).Sample((rows, columns, width, seed) =>
        {
            var random = new Random(seed);
            using CpuMatrix features = Normal(rows, columns), weights = Normal(columns, width), slopes = Normal(rows, width);
            using CpuMatrix values = new(rows, width), gradient = new(columns, width);
            using var products = new Bfloat16Products(rows, columns, width);
            products.Multiply(features, weights, values);
            products.MultiplyTransposed(slopes, gradient);
            float[] x = Rounded(features.Read()), w = Rounded(weights.Read()), s = Rounded(slopes.Read());
            Compare(values, (row, column) =>
                Enumerable.Range(0, columns).Select(j => (double)x[row * columns + j] * w[j * width + column]));
            Compare(gradient, (row, column) => Enumerable.Range(0, rows).Select(i => (double)x[i * columns + row] * s[i * width + column]));

            CpuMatrix Normal(int count, int length)
            {
                var buffer = new CpuMatrix(count, length);
                buffer.Write([.. Enumerable.Range(0, count * length).Select(_ => random.NextNormal())]);
                return buffer;
            }
        }, iter: 50);

    [Fact]
    public void TrainingThatRounds_SelectsWhatTrainingThatDoesNotSelects()
    {
        TrainingSet data = Planted.Linear(3, 300, [.. Enumerable.Repeat(1, Bfloat16Products.LeastColumns + 20)], [7, 80, 200]);
        FitSettings settings = TestRuns.Small.At(3).With(training => training with { NumberOfRefitIterations = 60 });
        FitResult exact = TestRuns.Fit(data, Rounding(settings, false)), rounded = TestRuns.Fit(data, Rounding(settings, true));
        Assert.Equal([7, 80, 200], exact.Groups);
        Assert.Equal(exact.Groups, rounded.Groups);
        Assert.NotEqual(exact.Points[0].TrainingLoss, rounded.Points[0].TrainingLoss);
        Assert.Equal(exact.Points[0].TrainingLoss, rounded.Points[0].TrainingLoss, 0.1);
    }

    [Fact]
    public void ACertifiedFit_DoesNotRound()
    {
        TrainingSet data = Planted.Linear(3, 300, [.. Enumerable.Repeat(1, Bfloat16Products.LeastColumns)], [7, 80]);
        FitSettings settings =
            TestRuns.Linear.AtLambda(0.02, isCertified: true).With(training => training with { NumberOfHoldIterations = 2 });
        FitResult exact = TestRuns.Fit(data, Rounding(settings, false)), certified = TestRuns.Fit(data, Rounding(settings, true));
        Assert.Equal(TestRuns.Values(exact.State), TestRuns.Values(certified.State));
    }

    private static FitSettings Rounding(FitSettings settings, bool rounds) =>
        settings.With(training => training with { UseBfloat16 = rounds });

    private static float[] Rounded(float[] values)
    {
        ushort[] rounded = new ushort[values.Length];
        float[] wide = new float[values.Length];
        Bfloat16Products.Round(values, rounded);
        Bfloat16Products.Widen(rounded, wide);
        return wide;
    }

    private static void Compare(CpuMatrix actual, Func<int, int, IEnumerable<double>> terms)
    {
        for (int i = 0; i < actual.Elements; i++)
        {
            double[] parts = [.. terms(i / actual.Columns, i % actual.Columns)];
            Assert.InRange(Math.Abs(actual.Span[i] - parts.Sum()), 0, Half * Math.Abs(parts.Sum()) + 1e-5 * parts.Sum(Math.Abs));
        }
    }
}
