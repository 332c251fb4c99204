using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Converts the options of a trainer to settings of the engine.</summary>
internal static class EngineSettings
{
    /// <summary>Gives the settings of a fit.</summary>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="seed">The seed, which the session chooses where the options have none.</param>
    /// <param name="task">The task to learn.</param>
    public static FitSettings Of(DGatingTrainerOptions options, int seed, LearningTask task) => new()
    {
        Training = new TrainingSettings
        {
            HiddenLayers = options.HasCurves ? []
                : options.HiddenLayers is [DGatingDefaults.HiddenNeurons] ? null
                : [.. options.HiddenLayers],
            Activation = options.Activation,
            AdditivePart = options.UseSkipConnection ? true : options.AdditivePart,
            GateDepth = options.GateDepth,
            LearningRate = options.LearningRate * task.Loss.StepFactor,
            Momentum = options.Momentum,
            L2Regularization = options.L2Regularization,
            ScreenedFeatureCount = options.ScreenedFeatureCount,
            BatchSize = options.BatchSize,
            InitialLambda = options.InitialLambda,
            LambdaGrowth = options.LambdaGrowth,
            NumberOfDenseIterations = options.NumberOfDenseIterations,
            NumberOfRefitIterations = options.NumberOfRefitIterations,
        },
        Stop = StopOf(options),
        InputNoise = options.InputNoise ?? (options.ComputeCertificate ? 0 : null),
        NumericEncoding = EncodingOf(options),
        Pairs = options.Shape == DGatingModelShape.AdditiveWithPairs
            ? new PairSettings(options.PairHeredity, options.MaximumPairCount)
            : null,
        NumberOfRuns = options.NumberOfRuns,
        EnsembleSize = options.EnsembleSize,
        SelectsNeurons = options.SelectNeurons,
        RecordGateDynamics = options.RecordGateDynamics,
        Seed = seed,
    };

    // The curves of an additive model are its point, so that nothing is to be chosen.
    private static DGatingNumericEncoding EncodingOf(DGatingTrainerOptions options) => options switch
    {
        { HasCurves: true, NumericEncoding: DGatingNumericEncoding.Auto } => DGatingNumericEncoding.PiecewiseLinear,
        _ => options.NumericEncoding,
    };

    private static StopRule StopOf(DGatingTrainerOptions options) => options switch
    {
        { Lambda: double lambda } => new StopRule.AtLambda(lambda, options.ComputeCertificate),
        { MaximumCost: double budget } => new StopRule.WithinBudget(budget),
        { MaximumFeatureCount: int count } => StopRule.AtCount(count),
        _ => StopRule.Open,
    };
}
