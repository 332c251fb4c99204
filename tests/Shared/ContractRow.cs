using Microsoft.ML;

namespace MLNet.DGating.Tests.Shared;

/// <summary>Rows with three numbers, a category and a label for each task. "Three" is noise.</summary>
internal sealed class ContractRow
{
    public float One { get; set; }

    public float Two { get; set; }

    public float Three { get; set; }

    public string Color { get; set; } = "";

    public bool Flag { get; set; }

    public float Target { get; set; }

    public string Kind { get; set; } = "";

    public static ContractRow[] Create(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Create(random))];
    }

    /// <summary>What stands before a trainer: a one-hot column, all features in one vector, the class as a key.</summary>
    public static IEstimator<ITransformer> Pipeline(MLContext context) =>
        context.Transforms.Categorical.OneHotEncoding("ColorHot", "Color")
            .Append(context.Transforms.Conversion.MapValueToKey("Kind"))
            .Append(context.Transforms.Concatenate("Features", "One", "Two", "Three", "ColorHot"));

    private static ContractRow Create(Random random)
    {
        float one = Gauss(random), two = Gauss(random);
        int color = random.Next(3);
        float target = (2 * one) - two + color + (0.1f * Gauss(random));
        return new ContractRow
        {
            One = one,
            Two = 100 * two,
            Three = Gauss(random),
            Color = ((string[])["red", "green", "blue"])[color],
            Flag = target > 1,
            Target = target,
            Kind = target < 0 ? "low" : target < 2 ? "middle" : "high",
        };
    }

    private static float Gauss(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
