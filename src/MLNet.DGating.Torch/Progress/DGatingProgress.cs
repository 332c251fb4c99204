namespace MLNet.DGating;

/// <summary>Reports the progress of a fit. It is sent after every iteration, from the thread that trains, and once at the end.</summary>
/// <example>
/// <code>
/// var options = new DGatingRegressionTrainer.Options
/// {
///     Progress = new Progress&lt;DGatingProgress&gt;(progress =&gt;
///         Console.Write($"\r{progress.Fraction:p0}, {progress.TimeLeft:mm\\:ss} left ")),
/// };
/// </code>
/// </example>
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

    /// <summary>The phase of the fit.</summary>
    public DGatingPhase Phase { get; init; }

    /// <summary>The number of the iteration within the phase, from 1.</summary>
    /// <remarks>
    /// An iteration is one pass over the training rows, but at least <see cref="DGatingDefaults.MinimumStepsPerIteration"/> and at most
    /// <see cref="DGatingDefaults.MaximumStepsPerIteration"/> steps.
    /// </remarks>
    public int Iteration { get; init; }

    /// <summary>The present λ; 0 where there is no gate penalty.</summary>
    public double Lambda { get; init; }

    /// <summary>The number of feature groups still in the model.</summary>
    public int FeatureCount { get; init; }

    /// <summary>The fraction of the whole fit that is done, from 0 to 1. It never falls, and is 1 at the end.</summary>
    /// <remarks>
    /// What a fit does depends on what it finds, so the fraction is an estimate: each stage has a share of what was left before it.
    /// </remarks>
    public double Fraction { get; init; }

    /// <summary>The time that the rest will take if it goes on as before; null in the first moments.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The mean loss over the iteration's rows: squared error in the label's unit, or log-loss in nats.</summary>
    public double TrainingLoss { get; init; }
}
