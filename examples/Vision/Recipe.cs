namespace Vision;

/// <summary>Says how long and on how many rows networks are trained.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="TestRows">The test rows.</param>
/// <param name="Epochs">The epochs at each λ.</param>
/// <param name="RefitEpochs">
/// The epochs that follow without a penalty, after the removal. Networks from which nothing is removed have all of them at once.
/// </param>
/// <param name="Gated">λ of gates, whatever their depth.</param>
/// <param name="Direct">λ of the direct penalties.</param>
internal sealed record Recipe(int Rows, int TestRows, int Epochs, int RefitEpochs, double[] Gated, double[] Direct)
{
    public const int WarmUp = 50;

    public const double Momentum = 0.9, Decay = 5e-4;

    /// <summary>The rows of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The largest step size.</summary>
    public double StepSize { get; init; } = 0.1;

    /// <summary>The step size of penalized parameters, in those of the others.</summary>
    /// <remarks>A short training needs more than 1, or a λ that does harm.</remarks>
    public double StepFactor { get; init; } = 1;

    /// <summary>The share of the training over which λ grows from 0.</summary>
    public double Rise { get; init; }

    /// <summary>The shares of channels that are removed by their norms after a training with a direct penalty, or without one.</summary>
    public double[] Shares { get; init; } = [0.5, 0.65];

    public static Recipe Of(string name) => name switch
    {
        "start" => new(24, 8, 1, 1, [0.1], [0.1]) { Batch = 8, Shares = [0.5] },
        "test" => new(640, 300, 2, 1, [0.1], [0.1]) { Batch = 64, Shares = [0.5] },
        "full" => new(60_000, 10_000, 4, 8, [3e-3, 6e-3, 1e-2], [3e-3, 1e-2]) { Rise = 0.5 },
        "paper" => new(50_000, 10_000, 200, 0, [1e-4, 3e-4, 1e-3, 3e-3], [3e-5, 3e-4, 3e-3]),
        _ => new(4_000, 5_000, 4, 8, [8e-3, 1.2e-2], [8e-3]) { Batch = 32, StepSize = 0.05, StepFactor = 10, Rise = 0.5 },
    };
}
