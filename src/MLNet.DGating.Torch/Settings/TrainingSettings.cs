using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Settings;

/// <summary>
/// How a run trains. Names are those of the trainers' options; every number has its reason in <see cref="DGatingDefaults"/>.
/// </summary>
internal sealed record TrainingSettings
{
    public IReadOnlyList<int> HiddenLayers { get; init; } = [DGatingDefaults.HiddenNeurons];

    public DGatingActivation Activation { get; init; } = DGatingActivation.Relu;

    public bool UseSkipConnection { get; init; }

    public double GateDepth { get; init; } = DGatingDefaults.GateDepth;

    public double LearningRate { get; init; } = DGatingDefaults.LearningRate;

    public double Momentum { get; init; } = DGatingDefaults.Momentum;

    public double L2Regularization { get; init; } = DGatingDefaults.L2Regularization;

    /// <summary>Rows of a step; null: grows with the data.</summary>
    public int? BatchSize { get; init; }

    public double InitialLambda { get; init; } = DGatingDefaults.InitialLambda;

    public double LambdaGrowth { get; init; } = DGatingDefaults.LambdaGrowth;

    public int NumberOfDenseIterations { get; init; } = DGatingDefaults.NumberOfDenseIterations;

    public int NumberOfHoldIterations { get; init; } = DGatingDefaults.NumberOfHoldIterations;

    public int NumberOfRefitIterations { get; init; } = DGatingDefaults.NumberOfRefitIterations;

    public int MaximumStepsPerIteration { get; init; } = DGatingDefaults.MaximumStepsPerIteration;

    /// <summary>Whether steps on the CPU may multiply in bfloat16 where the processor does so faster.</summary>
    public bool UseBfloat16 { get; init; } = AppContext.TryGetSwitch(DGatingDefaults.UseBfloat16Switch, out bool isWanted) && isWanted;

    /// <summary>The layers of a network for a task.</summary>
    public NetworkShape ShapeFor(LearningTask task) =>
        new(HiddenLayers, task.Loss.Outputs, UseSkipConnection, Activation) { ScoreUnit = task.Loss.ScoreUnit };

    /// <summary>One step of the path at this λ.</summary>
    public StepSettings PathStep(double lambda, double noise) =>
        new((float)LearningRate, (float)Momentum, (float)L2Regularization, lambda, GateDepth, (float)noise);

    /// <summary>One step of the refit: no gates, no noise.</summary>
    public StepSettings RefitStep() => new((float)LearningRate, (float)Momentum, (float)L2Regularization, 0, StepSettings.Ungated, 0);

    /// <summary>The same with a part of the iterations: λ grows in fewer, larger steps, and the refit is shorter.</summary>
    /// <remarks>The dense phase, without which a path starts nowhere, stays.</remarks>
    /// <param name="effort">Above 0, at most 1.</param>
    public TrainingSettings Shortened(double effort) => effort == 1 ? this : this with
    {
        LambdaGrowth = Math.Pow(LambdaGrowth, 1 / effort),
        NumberOfHoldIterations = Part(NumberOfHoldIterations, effort),
        NumberOfRefitIterations = Part(NumberOfRefitIterations, effort),
    };

    private static int Part(int iterations, double effort) => (int)Math.Ceiling(iterations * effort);
}
