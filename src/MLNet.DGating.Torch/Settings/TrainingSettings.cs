using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Settings;

/// <summary>How to train; every number has its reason in <see cref="DGatingDefaults"/>.</summary>
internal sealed record TrainingSettings
{
    public required Loss Loss { get; init; }

    public IReadOnlyList<int> Hidden { get; init; } = [DGatingDefaults.HiddenNeurons];

    public NetworkActivation Activation { get; init; } = NetworkActivation.Relu;

    public bool Skip { get; init; }

    /// <summary>Groups to keep; null: chosen on held-out rows, unless <see cref="Lambda"/> is given.</summary>
    public int? Count { get; init; }

    /// <summary>Where λ stops growing; null: it grows until <see cref="Count"/> is reached.</summary>
    public double? Lambda { get; init; }

    /// <summary>Whether a fit at <see cref="Lambda"/> is polished to a stationary point and certified.</summary>
    public bool Certify { get; init; }

    /// <summary>Whether paths record their gates after every iteration.</summary>
    public bool RecordGates { get; init; }

    /// <summary>Where the path ends instead: once what is left costs no more than this in all.</summary>
    public double? Budget { get; init; }

    /// <summary>Whether a count, given or chosen, ends the path: not λ, not the budget.</summary>
    public bool EndsAtCount => Lambda is null && Budget is null;

    /// <summary>Runs whose orders of leaving are averaged, where held-out rows agree; needs a count, given or chosen.</summary>
    public int Runs { get; init; } = DGatingDefaults.NumberOfRuns;

    public double GateDepth { get; init; } = DGatingDefaults.GateDepth;

    public double LearningRate { get; init; } = DGatingDefaults.LearningRate;

    public double Momentum { get; init; } = DGatingDefaults.Momentum;

    public double L2 { get; init; } = DGatingDefaults.L2Regularization;

    /// <summary>Deviation of the input noise; null: chosen on held-out rows.</summary>
    public double? InputNoise { get; init; }

    /// <summary>Whether to judge the selection on held-out rows even where nothing is left to choose.</summary>
    public bool IsJudged { get; init; }

    public double InitialLambda { get; init; } = DGatingDefaults.InitialLambda;

    public double LambdaGrowth { get; init; } = DGatingDefaults.LambdaGrowth;

    /// <summary>Rows of a step; null: grows with the data.</summary>
    public int? BatchSize { get; init; }

    public int DenseIterations { get; init; } = DGatingDefaults.NumberOfDenseIterations;

    public int HoldIterations { get; init; } = DGatingDefaults.NumberOfHoldIterations;

    public int RefitIterations { get; init; } = DGatingDefaults.NumberOfRefitIterations;

    public int MaximumStepsPerIteration { get; init; } = DGatingDefaults.MaximumStepsPerIteration;

    /// <summary>Whether the points of a path keep the norms of all groups.</summary>
    public bool RecordNorms { get; init; }

    /// <summary>Whether steps on the CPU may multiply in bfloat16; never where a stationary point is certified.</summary>
    public bool RoundsProducts { get; init; } = Bfloat16Products.IsSupported && IsRoundingWanted;

    public int Seed { get; init; }

    public int Threads { get; init; } = 1;

    public TorchSharp.torch.Device Device { get; init; } = TorchSharp.torch.CPU;

    /// <summary>Whether networks train in lockstep on the CPU too, as they do on any other device: for tests.</summary>
    public bool IsBatched { get; init; }

    /// <summary>Of the numbers on a device; float64 is for tests.</summary>
    public TorchSharp.torch.ScalarType Precision { get; init; } = TorchSharp.torch.ScalarType.Float32;

    /// <summary>Whether independent runs share one device, in lockstep, instead of a CPU's threads.</summary>
    public bool IsOnDevice => IsBatched || Device.type != TorchSharp.DeviceType.CPU;

    public NetworkShape Shape => new(Hidden, Loss.Outputs, Skip, Activation) { ScoreUnit = Loss.ScoreUnit };

    /// <summary>One step of the path at this λ.</summary>
    public StepSettings PathStep(double lambda, double noise) =>
        new((float)LearningRate, (float)Momentum, (float)L2, lambda, GateDepth, (float)noise);

    /// <summary>One step of the refit: no gates, no noise.</summary>
    public StepSettings RefitStep() => new((float)LearningRate, (float)Momentum, (float)L2, 0, StepSettings.Ungated, 0);

    private static bool IsRoundingWanted => AppContext.TryGetSwitch(DGatingDefaults.UseBfloat16Switch, out bool isWanted) && isWanted;
}
