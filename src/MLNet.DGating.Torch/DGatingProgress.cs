namespace MLNet.DGating;

/// <summary>Where a fit stands; reported after every iteration, from the thread that trains.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Iteration">1, 2, … within the phase. An iteration is one pass over the training rows, but at least <see cref="DGatingDefaults.MinimumStepsPerIteration"/> and at most <see cref="DGatingDefaults.MaximumStepsPerIteration"/> steps.</param>
/// <param name="Lambda">The present λ; 0 where there is no gate penalty.</param>
/// <param name="FeatureCount">Feature groups still in the model.</param>
/// <param name="TrainingLoss">Mean loss over the iteration's rows (squared error in the label's unit, or log-loss in nats).</param>
public readonly record struct DGatingProgress(DGatingPhase Phase, int Iteration, double Lambda, int FeatureCount, double TrainingLoss);
