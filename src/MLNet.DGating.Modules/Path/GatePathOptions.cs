namespace MLNet.DGating.Modules;

/// <summary>Sets how a path of λ is followed.</summary>
public sealed class GatePathOptions
{
    /// <summary>The λ, in the order in which they are trained.</summary>
    /// <value>At least one, each at least 0; usually growing. <see cref="LambdaGrid"/> gives a grid.</value>
    public required IReadOnlyList<double> Lambdas { get; init; }

    /// <summary>The epochs at each λ.</summary>
    /// <value>At least 1. The default is 1.</value>
    public int EpochsPerLambda { get; init; } = 1;

    /// <summary>The share of the largest norm up to which a group is cut at the end of an epoch.</summary>
    /// <value>At least 0 and below 1. The default is <see cref="ModuleGates.DefaultCutThreshold"/>.</value>
    public double CutThreshold { get; init; } = ModuleGates.DefaultCutThreshold;

    /// <summary>Whether every point keeps the module's weights, in memory.</summary>
    /// <value>The default is true.</value>
    public bool KeepsWeights { get; init; } = true;

    /// <summary>The rise of the validation loss over the least of the path so far from which the path ends.</summary>
    /// <value>Above 0. The default is infinity: all λ are trained.</value>
    public double StopsAboveLoss { get; init; } = double.PositiveInfinity;

    /// <summary>Is called after every epoch, with the gates as they are. The path ends where it returns false.</summary>
    /// <value>The default is null: nothing is called.</value>
    public Func<GateEpoch, bool>? EpochEnded { get; init; }
}
