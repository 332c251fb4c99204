using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>The options in the engine's terms; device and seed are the host's to give.</summary>
internal static class EngineSettings
{
    public static TrainingSettings Of(DGatingTrainerOptions options, LabelCoding labels) => new()
    {
        Loss = labels.Loss,
        Hidden = [.. options.HiddenLayers],
        Activation = options.Activation == DGatingActivation.Relu ? NetworkActivation.Relu : NetworkActivation.Tanh,
        Skip = options.UseSkipConnection,
        Count = options.MaximumFeatureCount,
        Lambda = options.Lambda,
        Budget = options.MaximumCost,
        Runs = options.NumberOfRuns,
        GateDepth = options.GateDepth,
        LearningRate = options.LearningRate,
        Momentum = options.Momentum,
        L2 = options.L2Regularization,
        InputNoise = options.InputNoise ?? (options.ComputeCertificate ? 0 : null),
        Certify = options.ComputeCertificate,
        RecordGates = options.RecordGateDynamics,
        InitialLambda = options.InitialLambda,
        LambdaGrowth = options.LambdaGrowth,
        BatchSize = options.BatchSize,
        DenseIterations = options.NumberOfDenseIterations,
        RefitIterations = options.NumberOfRefitIterations,
        Threads = options.NumberOfThreads ?? Environment.ProcessorCount,
    };
}
