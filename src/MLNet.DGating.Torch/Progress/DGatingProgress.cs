namespace MLNet.DGating;

/// <summary>Where a fit stands; reported after every iteration, from the thread that trains.</summary>
public readonly record struct DGatingProgress
{
    internal DGatingProgress(DGatingPhase phase, int iteration, double lambda, int featureCount, double trainingLoss)
    {
        Phase = phase;
        Iteration = iteration;
        Lambda = lambda;
        FeatureCount = featureCount;
        TrainingLoss = trainingLoss;
    }

    /// <summary>What is being done.</summary>
    public DGatingPhase Phase { get; init; }

    /// <summary>1, 2, … within the phase.</summary>
    /// <remarks>
    /// An iteration is one pass over the training rows, but at least <see cref="DGatingDefaults.MinimumStepsPerIteration"/> and at most
    /// <see cref="DGatingDefaults.MaximumStepsPerIteration"/> steps.
    /// </remarks>
    public int Iteration { get; init; }

    /// <summary>The present λ; 0 where there is no gate penalty.</summary>
    public double Lambda { get; init; }

    /// <summary>Feature groups still in the model.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Mean loss over the iteration's rows (squared error in the label's unit, or log-loss in nats).</summary>
    public double TrainingLoss { get; init; }
}
