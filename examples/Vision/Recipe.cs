namespace Vision;

/// <summary>Says how long and on how many rows networks are trained.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="TestRows">The test rows.</param>
/// <param name="DenseEpochs">The epochs without a penalty, before the first λ.</param>
/// <param name="Epochs">The epochs at each λ.</param>
/// <param name="Lambdas">λ, growing; each goes on from where the last one ended.</param>
internal sealed record Recipe(int Rows, int TestRows, int DenseEpochs, int Epochs, double[] Lambdas)
{
    public const int WarmUp = 50;

    public const double StepSize = 0.1, Momentum = 0.9, Decay = 5e-4;

    /// <summary>The rows of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The step size of penalized parameters, in those of the others.</summary>
    /// <remarks>A short training needs more than 1, or a λ that does harm.</remarks>
    public double StepFactor { get; init; } = 3;

    /// <summary>Whether every λ has a training of its own, from new weights.</summary>
    public bool StartsAnew { get; init; }

    public static Recipe Of(string name) => name switch
    {
        "test" => new(640, 300, 1, 1, [0.1, 0.4]),
        "full" => new(60_000, 10_000, 3, 1, [1e-3, 2e-3, 4e-3, 8e-3, 1.2e-2, 1.6e-2, 2.4e-2, 3.2e-2]),
        "paper" => new(50_000, 10_000, 0, 200, [1e-4, 3e-4, 1e-3, 3e-3]) { Batch = 128, StepFactor = 1, StartsAnew = true },
        _ => new(4_000, 2_000, 3, 1, [4e-3, 8e-3, 1.6e-2, 2.4e-2, 3.6e-2, 5.4e-2, 8e-2]),
    };
}
