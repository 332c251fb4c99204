using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the settings of the training of a run.</summary>
/// <remarks>Names are those of the trainers' options. <see cref="DGatingDefaults"/> has the reason of every default.</remarks>
internal sealed record TrainingSettings
{
    /// <summary>The neurons of each hidden layer; null for one layer, whose width follows from the encoding.</summary>
    public IReadOnlyList<int>? HiddenLayers { get; init; }

    /// <summary>Whether numbers are encoded as piecewise linear; else each input has one standardized column.</summary>
    public bool IsPiecewise { get; init; }

    /// <summary>The network of embeddings that is trained in place of a refit; null for a refit of the path's network.</summary>
    public EmbeddingSettings? Embedding { get; init; }

    public DGatingActivation Activation { get; init; } = DGatingActivation.Relu;

    /// <summary>Whether the inputs are also connected linearly to the outputs; null for a piecewise-linear encoding alone.</summary>
    public bool? AdditivePart { get; init; }

    public double GateDepth { get; init; } = DGatingDefaults.GateDepth;

    public double LearningRate { get; init; } = DGatingDefaults.LearningRate;

    public double Momentum { get; init; } = DGatingDefaults.Momentum;

    /// <summary>The L2 penalty of ungated weights, at least 0; null for one that follows from rows, columns and the encoding.</summary>
    public double? L2Regularization { get; init; }

    /// <summary>The columns a row, which regularization follows from where none is given.</summary>
    public ColumnsPerRow ColumnsPerRow { get; init; } = ColumnsPerRow.Irrelevant;

    /// <summary>The most groups that enter a path to a count; null for a number that follows from rows and columns.</summary>
    public int? ScreenedFeatureCount { get; init; }

    /// <summary>The rows of a batch, at least 1; null for a size that grows with the data.</summary>
    public int? BatchSize { get; init; }

    public double InitialLambda { get; init; } = DGatingDefaults.InitialLambda;

    public double LambdaGrowth { get; init; } = DGatingDefaults.LambdaGrowth;

    public int NumberOfDenseIterations { get; init; } = DGatingDefaults.NumberOfDenseIterations;

    public int NumberOfHoldIterations { get; init; } = DGatingDefaults.NumberOfHoldIterations;

    public int NumberOfRefitIterations { get; init; } = DGatingDefaults.NumberOfRefitIterations;

    public int MaximumStepsPerIteration { get; init; } = DGatingDefaults.MaximumStepsPerIteration;

    /// <summary>Whether steps on the CPU may multiply in bfloat16 where the processor does so faster.</summary>
    public bool UseBfloat16 { get; init; } = AppContext.TryGetSwitch(DGatingDefaults.UseBfloat16Switch, out bool isWanted) && isWanted;

    /// <summary>The number of iterations of each round of a refit.</summary>
    public int[] Rounds => IsPiecewise ? RefitRounds.Two(NumberOfRefitIterations) : RefitRounds.Of(NumberOfRefitIterations);

    /// <summary>The L2 penalty of ungated weights that is used, whether it was given or follows from the data.</summary>
    public double L2 => L2Regularization ?? (IsPiecewise ? DGatingDefaults.PiecewiseL2Regularization : ColumnsPerRow.L2Regularization);

    /// <summary>Gives the most groups that enter a path to a count (docs/theory.md §35).</summary>
    /// <param name="groups">The number of all groups.</param>
    public int EnteringOf(int groups) => Math.Min(groups, ScreenedFeatureCount ?? (int)Math.Ceiling(groups * ColumnsPerRow.EnteringShare));

    /// <summary>Gives the iterations of the dense phase where no group is to leave, so that a refit follows it and no path.</summary>
    /// <param name="rows">The number of training rows: few are memorised in a long phase.</param>
    public int DenseIterationsWithoutPath(long rows) =>
        IsPiecewise && NumberOfRefitIterations > 0 && rows >= DGatingDefaults.ManyRows
            ? Math.Max(NumberOfDenseIterations, DGatingDefaults.PiecewiseDenseIterations)
            : NumberOfDenseIterations;

    private float Decay => (float)L2;

    /// <summary>Gives the layers of a network for a task.</summary>
    public NetworkShape ShapeFor(LearningTask task) => new(
        HiddenLayers ?? [IsPiecewise ? DGatingDefaults.PiecewiseNeurons : DGatingDefaults.HiddenNeurons],
        task.Loss.Outputs, AdditivePart ?? IsPiecewise, Activation)
    {
        ScoreUnit = task.Loss.ScoreUnit,
    };

    /// <summary>Gives the settings of a step of the path.</summary>
    /// <param name="lambda">λ, at least 0.</param>
    /// <param name="noise">The deviation of the input noise, at least 0.</param>
    public StepSettings PathStep(double lambda, double noise) =>
        new((float)LearningRate, (float)Momentum, Decay, lambda, GateDepth, (float)noise);

    /// <summary>Gives the settings of a step of the refit, which has no gates and no noise.</summary>
    /// <remarks>Large steps and dropout on intervals are for classes: of numbers they diverge.</remarks>
    /// <param name="task">The task that is learned.</param>
    public StepSettings RefitStep(LearningTask task) => IsPiecewise && task.Classes is not null
        ? new((float)(DGatingDefaults.PiecewiseStepFactor * LearningRate), (float)Momentum, Decay, 0, StepSettings.Ungated, 0)
        {
            Dropout = (float)DGatingDefaults.PiecewiseDropout,
        }
        : new((float)LearningRate, (float)Momentum, Decay, 0, StepSettings.Ungated, 0);

    /// <summary>Gives the share of the step size at a place of a round of the refit, from 0 to 1: down to 0 by a half cosine.</summary>
    /// <remarks>Large steps begin with a rise.</remarks>
    public double StepShare(double place) =>
        (IsPiecewise ? Math.Min(1, place / DGatingDefaults.WarmUp) : 1) * 0.5 * (1 + Math.Cos(Math.PI * place));

    /// <summary>Gives the settings for a part of the iterations: λ grows in fewer, larger steps, and the refit is shorter.</summary>
    /// <remarks>The dense phase keeps its length, since the path must start from a trained network.</remarks>
    /// <param name="effort">The share of the iterations, above 0 and at most 1.</param>
    public TrainingSettings Shortened(double effort) => effort == 1 ? this : this with
    {
        LambdaGrowth = Math.Pow(LambdaGrowth, 1 / effort),
        NumberOfHoldIterations = Part(NumberOfHoldIterations, effort),
        NumberOfRefitIterations = Part(NumberOfRefitIterations, effort),
        Embedding = Embedding?.Shortened(effort),
    };

    private static int Part(int iterations, double effort) => (int)Math.Ceiling(iterations * effort);
}
