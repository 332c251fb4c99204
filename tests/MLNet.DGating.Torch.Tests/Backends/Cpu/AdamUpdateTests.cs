using MLNet.DGating.Torch.Backends.Cpu;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

public class AdamUpdateTests
{
    [Fact]
    public void Steps_AreThoseOfTheFormula_ForAnyLength() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12], Gen.Float[0, 0.5f], Gen.Float[1e-3f, 0.1f], Gen.Int).Sample(
            (count, steps, decay, rate, seed) =>
            {
                var random = new Random(seed);
                using var parameter = new Parameter(1, count);
                using var squares = new CpuMatrix(1, count);
                parameter.Value.Write([.. Enumerable.Range(0, count).Select(_ => random.NextNormal())]);
                double[] w = [.. parameter.Value.Read().Select(value => (double)value)], m = new double[count], v = new double[count];
                for (int step = 1; step <= steps; step++)
                {
                    float[] gradient = [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
                    parameter.Gradient.Write(gradient);
                    AdamUpdate.Step(parameter, squares, step, rate, decay);
                    for (int i = 0; i < count; i++)
                    {
                        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                        double mean = m[i] / (1 - Math.Pow(0.9, step)), square = v[i] / (1 - Math.Pow(0.999, step));
                        w[i] -= rate * (mean / (Math.Sqrt(square) + 1e-8) + decay * w[i]);
                    }
                }

                float[] actual = parameter.Value.Read();
                Assert.All(Enumerable.Range(0, count), i => Assert.Equal(w[i], actual[i], 1e-3 * rate * steps + 1e-5));
            });

    [Fact]
    public void TheFirstStep_IsTheStepSizeInTheDirectionOfTheGradientsSign()
    {
        using var parameter = new Parameter(1, 3);
        using var squares = new CpuMatrix(1, 3);
        parameter.Gradient.Write([1e3f, -1e-3f, 0]);
        AdamUpdate.Step(parameter, squares, 1, 0.5f, 0);
        float[] moved = parameter.Value.Read();
        Assert.Equal(-0.5f, moved[0], 1e-4f);
        Assert.Equal(0.5f, moved[1], 1e-4f);
        Assert.Equal(0, moved[2]);
    }

    [Fact]
    public void Decay_IsDecoupled_FromTheScaleOfTheGradient()
    {
        using var parameter = new Parameter(1, 2);
        using var squares = new CpuMatrix(1, 2);
        parameter.Value.Write([2, -4]);
        AdamUpdate.Step(parameter, squares, 1, 0.5f, 0.1f);
        Assert.Equal([1.9f, -3.8f], parameter.Value.Read());
    }
}
