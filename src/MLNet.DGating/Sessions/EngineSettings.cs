using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Turns the options into what the engine takes; seed and device are the session's to give.</summary>
internal static class EngineSettings
{
    /// <summary>What a fit is asked for.</summary>
    public static FitSettings Of(DGatingTrainerOptions options, int seed) => new()
    {
        Training = new TrainingSettings
        {
            HiddenLayers = [.. options.HiddenLayers],
            Activation = options.Activation,
            UseSkipConnection = options.UseSkipConnection,
            GateDepth = options.GateDepth,
            LearningRate = options.LearningRate,
            Momentum = options.Momentum,
            L2Regularization = options.L2Regularization,
            BatchSize = options.BatchSize,
            InitialLambda = options.InitialLambda,
            LambdaGrowth = options.LambdaGrowth,
            NumberOfDenseIterations = options.NumberOfDenseIterations,
            NumberOfRefitIterations = options.NumberOfRefitIterations,
        },
        Stop = StopOf(options),
        InputNoise = options.InputNoise ?? (options.ComputeCertificate ? 0 : null),
        NumberOfRuns = options.NumberOfRuns,
        RecordGateDynamics = options.RecordGateDynamics,
        Seed = seed,
    };

    private static StopRule StopOf(DGatingTrainerOptions options) => options switch
    {
        { Lambda: double lambda } => new StopRule.AtLambda(lambda, options.ComputeCertificate),
        { MaximumCost: double budget } => new StopRule.WithinBudget(budget),
        { MaximumFeatureCount: int count } => StopRule.AtCount(count),
        _ => StopRule.Open,
    };
}
