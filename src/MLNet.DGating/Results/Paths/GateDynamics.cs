namespace MLNet.DGating;

/// <summary>Holds every feature's gate γ and norm of primary weights ‖ω‖ after every iteration of a path.</summary>
/// <remarks>
/// The product ‖ω‖ γ^(D−1) is the importance of a feature. Training starts with γ = 1 and ω as in an ordinary network. The penalty makes γ
/// and ‖ω‖ of a feature equal, and both become 0 when it leaves.
/// </remarks>
/// <example>
/// <code>
/// var options = new DGatingBinaryTrainer.Options { RecordGateDynamics = true };
/// var path = mlContext.BinaryClassification.Trainers.DGating(options).FitPath(data);
/// Console.WriteLine($"The gate of {path.GateDynamics!.FeatureNames[0]} ends at {path.GateDynamics.Gates(0)[^1]}.");
/// </code>
/// </example>
public sealed class GateDynamics
{
    private readonly float[][] _gates;
    private readonly float[][] _primaryNorms;

    internal GateDynamics(
        IReadOnlyList<GateIteration> iterations, IReadOnlyList<string> featureNames, IReadOnlyList<double> lambdaOut,
        float[][] gates, float[][] primaryNorms)
    {
        Iterations = iterations;
        FeatureNames = featureNames;
        LambdaOut = lambdaOut;
        _gates = gates;
        _primaryNorms = primaryNorms;
    }

    /// <summary>All iterations of the dense phase and of the path, in order.</summary>
    public IReadOnlyList<GateIteration> Iterations { get; }

    /// <summary>The names of the features, by index.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The λ at which each feature left; <see cref="double.PositiveInfinity"/> if it did not leave.</summary>
    /// <remarks>It is 0 for features that are constant on the training rows, and so are not on the path.</remarks>
    public IReadOnlyList<double> LambdaOut { get; }

    /// <summary>Gives γ of a feature after each of <see cref="Iterations"/>; 0 once it has left.</summary>
    /// <param name="feature">The index of the feature in <see cref="FeatureNames"/>.</param>
    public IReadOnlyList<float> Gates(int feature) => Of(_gates, feature);

    /// <summary>Gives ‖ω‖ of a feature after each of <see cref="Iterations"/>; 0 once it has left.</summary>
    /// <param name="feature">The index of the feature in <see cref="FeatureNames"/>.</param>
    public IReadOnlyList<float> PrimaryNorms(int feature) => Of(_primaryNorms, feature);

    private float[] Of(float[][] values, int feature)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, FeatureNames.Count);
        return Array.ConvertAll(values, iteration => iteration[feature]);
    }
}
