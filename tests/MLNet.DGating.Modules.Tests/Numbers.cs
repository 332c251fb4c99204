using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests;

/// <summary>Numbers from a seed, so that torch's global generator is neither used nor changed.</summary>
internal static class Numbers
{
    public static Tensor Normal(int seed, params long[] shape) => Normal(new Random(seed), shape);

    public static Tensor Normal(Random random, params long[] shape)
    {
        double[] values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        // Memory of the array has any alignment, and the order of torch's sums depends on it.
        return tensor(values, shape, float64).clone();
    }

    /// <summary>Draws all parameters and buffers of a module anew.</summary>
    public static T Drawn<T>(this T module, int seed, double scale = 0.5)
        where T : Module
    {
        var random = new Random(seed);
        using IDisposable noGradient = no_grad();
        foreach ((string _, Parameter parameter) in module.named_parameters())
        {
            using Tensor values = Normal(random, parameter.shape) * scale;
            parameter.copy_(values);
        }

        foreach ((string name, Tensor buffer) in module.named_buffers())
        {
            if (!name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                using Tensor values = Normal(random, buffer.shape);
                buffer.copy_(name.EndsWith("running_var", StringComparison.Ordinal) ? values.abs() + 0.5 : values);
            }
        }

        return module;
    }

    public static double[] Host(Tensor values) => [.. values.detach().to_type(float64).cpu().contiguous().data<double>()];

    /// <summary>The largest difference, relative to the largest number.</summary>
    public static double Difference(Tensor a, Tensor b)
    {
        double[] x = Host(a), y = Host(b);
        Assert.Equal(x.Length, y.Length);
        return x.Zip(y, (p, q) => Math.Abs(p - q)).DefaultIfEmpty(0).Max() / Math.Max(x.Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-300);
    }
}
