using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>What a fit is asked for, and where it is carried out.</summary>
/// <param name="Settings">What is asked for.</param>
/// <param name="Execution">Device and threads.</param>
internal sealed record TrainingPlan(FitSettings Settings, ExecutionSettings Execution);
