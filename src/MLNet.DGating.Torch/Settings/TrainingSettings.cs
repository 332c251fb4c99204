using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the settings of the training of a run.</summary>
/// <remarks>Names are those of the trainers' options. <see cref="DGatingDefaults"/> has the reason of every default.</remarks>
internal sealed record TrainingSettings
{
    public IReadOnlyList<int> HiddenLayers { get; init; } = [DGatingDefaults.HiddenNeurons];

    public DGatingActivation Activation { get; init; } = DGatingActivation.Relu;

    public bool UseSkipConnection { get; init; }

    public double GateDepth { get; init; } = DGatingDefaults.GateDepth;

    public double LearningRate { get; init; } = DGatingDefaults.LearningRate;

    public double Momentum { get; init; } = DGatingDefaults.Momentum;

    /// <summary>The L2 penalty of ungated weights, at least 0; null for one that follows from rows and columns.</summary>
    /// <remarks>A fit replaces null by <see cref="ColumnsPerRow.L2Regularization"/>.</remarks>
    public double? L2Regularization { get; init; }

    /// <summary>The rows of a batch, at least 1; null for a size that grows with the data.</summary>
    public int? BatchSize { get; init; }

    public double InitialLambda { get; init; } = DGatingDefaults.InitialLambda;

    public double LambdaGrowth { get; init; } = DGatingDefaults.LambdaGrowth;

    public int NumberOfDenseIterations { get; init; } = DGatingDefaults.NumberOfDenseIterations;

    public int NumberOfHoldIterations { get; init; } = DGatingDefaults.NumberOfHoldIterations;

    public int NumberOfRefitIterations { get; init; } = DGatingDefaults.NumberOfRefitIterations;

    public int MaximumStepsPerIteration { get; init; } = DGatingDefaults.MaximumStepsPerIteration;

    /// <summary>Whether steps on the CPU may multiply in bfloat16 where the processor does so faster.</summary>
    public bool UseBfloat16 { get; init; } = AppContext.TryGetSwitch(DGatingDefaults.UseBfloat16Switch, out bool isWanted) && isWanted;

    private float Decay => (float)(L2Regularization ?? DGatingDefaults.L2Regularization);

    /// <summary>Gives the layers of a network for a task.</summary>
    public NetworkShape ShapeFor(LearningTask task) =>
        new(HiddenLayers, task.Loss.Outputs, UseSkipConnection, Activation) { ScoreUnit = task.Loss.ScoreUnit };

    /// <summary>Gives the settings of a step of the path.</summary>
    /// <param name="lambda">λ, at least 0.</param>
    /// <param name="noise">The deviation of the input noise, at least 0.</param>
    public StepSettings PathStep(double lambda, double noise) =>
        new((float)LearningRate, (float)Momentum, Decay, lambda, GateDepth, (float)noise);

    /// <summary>Gives the settings of a step of the refit, which has no gates and no noise.</summary>
    public StepSettings RefitStep() => new((float)LearningRate, (float)Momentum, Decay, 0, StepSettings.Ungated, 0);

    /// <summary>Gives the settings for a part of the iterations: λ grows in fewer, larger steps, and the refit is shorter.</summary>
    /// <remarks>The dense phase keeps its length, since the path must start from a trained network.</remarks>
    /// <param name="effort">The share of the iterations, above 0 and at most 1.</param>
    public TrainingSettings Shortened(double effort) => effort == 1 ? this : this with
    {
        LambdaGrowth = Math.Pow(LambdaGrowth, 1 / effort),
        NumberOfHoldIterations = Part(NumberOfHoldIterations, effort),
        NumberOfRefitIterations = Part(NumberOfRefitIterations, effort),
    };

    private static int Part(int iterations, double effort) => (int)Math.Ceiling(iterations * effort);
}
