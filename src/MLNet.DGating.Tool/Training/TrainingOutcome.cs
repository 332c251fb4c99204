using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Training;

/// <summary>All that a training gave: the model to be saved, and what a report tells of it.</summary>
/// <param name="Request">The data and settings, as they were trained with.</param>
/// <param name="Views">The rows.</param>
/// <param name="Fitted">The model before it was pruned.</param>
/// <param name="Test">What the test rows say.</param>
/// <param name="Trained">The model to be saved.</param>
internal sealed record TrainingOutcome(
    TrainingRequest Request, TrainingViews Views, FittedModel Fitted, TestResult Test, TrainedModel Trained);
