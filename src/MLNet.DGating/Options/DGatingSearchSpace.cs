namespace MLNet.DGating;

/// <summary>Which options <c>FitBest</c> searches, and among which values: those whose best value was seen to depend on the data.</summary>
/// <remarks>
/// Every setting tried is the trainer's own options with some of these changed. Values are checked when the search begins, by the rules of
/// the option of the same name.
/// </remarks>
public sealed record DGatingSearchSpace
{
    /// <summary>Gate depths D.</summary>
    /// <value>Within what <see cref="DGatingTrainerOptions.GateDepth"/> allows; null: not searched. The default is 2 to 4.</value>
    public DGatingSearchRange? GateDepth { get; init; } = new(2, 4);

    /// <summary>Sizes of the hidden layers.</summary>
    /// <value>
    /// An empty array is a linear model; an empty list: not searched. The default is no hidden layer, 32, 128 and 256 neurons, and two
    /// layers of 128 and 64.
    /// </value>
    public IReadOnlyList<int[]> HiddenLayers { get; init; } = [[], [32], [128], [256], [128, 64]];

    /// <summary>Functions of the hidden neurons.</summary>
    /// <value>Empty: not searched. The default is both there are.</value>
    public IReadOnlyList<DGatingActivation> Activation { get; init; } = [DGatingActivation.Relu, DGatingActivation.Tanh];

    /// <summary>Step sizes.</summary>
    /// <value>Above 0; null: not searched. The default is 0.01 to 0.1, logarithmic.</value>
    public DGatingSearchRange? LearningRate { get; init; } = new(0.01, 0.1, IsLogarithmic: true);

    /// <summary>Deviations of the input noise.</summary>
    /// <value>
    /// Each at least 0, or null to have it chosen within each fit, which takes several times as long; empty: not searched. The default is
    /// 0, 0.3, 0.5 and 1.
    /// </value>
    public IReadOnlyList<double?> InputNoise { get; init; } = [0, 0.3, 0.5, 1];

    /// <summary>L2 penalties of the weights without gates.</summary>
    /// <value>At least 0; null: not searched. The default is 1e-4 to 1e-2, logarithmic.</value>
    public DGatingSearchRange? L2Regularization { get; init; } = new(1e-4, 1e-2, IsLogarithmic: true);

    /// <summary>Feature groups to keep.</summary>
    /// <value>
    /// Each at least 1, or null to have it chosen within each fit; empty: not searched. The default is empty: the count is the trainer's
    /// own.
    /// </value>
    public IReadOnlyList<int?> MaximumFeatureCount { get; init; } = [];

    /// <summary>Iterations of the refit.</summary>
    /// <value>Each at least 1; empty: not searched. The default is 30, 60 and 120.</value>
    public IReadOnlyList<int> NumberOfRefitIterations { get; init; } = [30, 60, 120];
}
