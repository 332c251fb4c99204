using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Holds the settings of a fit, and where it is carried out.</summary>
/// <param name="Settings">The settings of the fit.</param>
/// <param name="Execution">The device and the number of threads.</param>
internal sealed record TrainingPlan(FitSettings Settings, ExecutionSettings Execution);
