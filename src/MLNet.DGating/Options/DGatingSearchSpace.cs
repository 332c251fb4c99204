namespace MLNet.DGating;

/// <summary>Describes the options that <c>FitBest</c> searches, and their values.</summary>
/// <remarks>
/// By default these are the options whose best value was seen to depend on the data. Every setting has the trainer's own options with some
/// of these changed. Values are checked when the search begins, by the rules of the option of the same name.
/// </remarks>
public sealed record DGatingSearchSpace
{
    /// <summary>The gate depths D to search.</summary>
    /// <value>At least 2; null for no search. The default is 2 to 4.</value>
    public DGatingSearchRange? GateDepth { get; init; } = new(2, 4);

    /// <summary>The sizes of hidden layers to search.</summary>
    /// <value>
    /// An empty array is a linear model; an empty list is no search. The default is no hidden layer, one layer of 32, 128 or 256 neurons,
    /// and two layers of 128 and 64.
    /// </value>
    public IReadOnlyList<int[]> HiddenLayers { get; init; } = [[], [32], [128], [256], [128, 64]];

    /// <summary>The functions of the hidden neurons to search.</summary>
    /// <value>An empty list is no search. The default is ReLU and tanh.</value>
    public IReadOnlyList<DGatingActivation> Activation { get; init; } = [DGatingActivation.Relu, DGatingActivation.Tanh];

    /// <summary>The step sizes to search.</summary>
    /// <value>Above 0; null for no search. The default is 0.01 to 0.1, logarithmic.</value>
    public DGatingSearchRange? LearningRate { get; init; } = new(0.01, 0.1, IsLogarithmic: true);

    /// <summary>The deviations of the input noise to search.</summary>
    /// <value>
    /// Each is at least 0, or null to choose it within each fit, which takes several times as long. An empty list is no search. The default
    /// is 0, 0.3, 0.5 and 1.
    /// </value>
    public IReadOnlyList<double?> InputNoise { get; init; } = [0, 0.3, 0.5, 1];

    /// <summary>The L2 penalties of the weights without gates to search.</summary>
    /// <value>At least 0; null for no search. The default is 1e-4 to 1e-2, logarithmic.</value>
    public DGatingSearchRange? L2Regularization { get; init; } = new(1e-4, 1e-2, IsLogarithmic: true);

    /// <summary>The numbers of feature groups to search.</summary>
    /// <value>
    /// Each is at least 1, or null to choose it within each fit. An empty list is no search. The default is empty: the trainer's own count
    /// is used.
    /// </value>
    public IReadOnlyList<int?> MaximumFeatureCount { get; init; } = [];

    /// <summary>The numbers of refit iterations to search.</summary>
    /// <value>Each is at least 1. An empty list is no search. The default is 30, 60 and 120.</value>
    public IReadOnlyList<int> NumberOfRefitIterations { get; init; } = [30, 60, 120];
}
