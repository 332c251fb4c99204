namespace Vision;

/// <summary>Says how long and on how many rows a network is trained.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="TestRows">The test rows.</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Gated">λ of the gates, whatever their depth.</param>
/// <param name="Direct">λ of the direct penalty.</param>
/// <param name="Slimming">λ of network slimming.</param>
internal sealed record Recipe(int Rows, int TestRows, int Epochs, double[] Gated, double[] Direct, double[] Slimming)
{
    public const int WarmUp = 50;

    public const double StepSize = 0.1, Momentum = 0.9, Decay = 5e-4;

    /// <summary>The rows of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The step size of gated parameters, in those of the others: a short training needs more, or a λ that does harm.</summary>
    public double GatedFactor { get; init; } = 3;

    public int Steps => Epochs * (Rows / Batch);

    public static Recipe Of(string name) => name switch
    {
        "test" => new(1024, 500, 3, [0.3], [0.1], [0.1]),
        "full" => new(60_000, 10_000, 6, [2e-3, 4e-3, 8e-3, 1.6e-2], [1e-3, 4e-3, 1.6e-2], [1e-3, 4e-3, 1.6e-2]),
        "paper" => new(50_000, 10_000, 200, [1e-4, 3e-4, 1e-3, 3e-3], [3e-5, 3e-4, 3e-3], [3e-5, 3e-4, 3e-3]) { Batch = 128, GatedFactor = 1 },
        _ => new(8_000, 5_000, 6, [1.5e-2, 3e-2, 6e-2], [5e-3, 2e-2], [5e-3, 2e-2]),
    };
}
