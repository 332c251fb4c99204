namespace MLNet.DGating;

/// <summary>
/// How the gates moved on a path: of every feature, after every iteration, its gate γ and the norm of its primary weights ‖ω‖, whose
/// product ‖ω‖ γ^(D−1) is its importance.
/// </summary>
/// <remarks>
/// Training starts with γ = 1 and ω as in any network; the more the penalty rules, the nearer γ and ‖ω‖ come to each other, until a
/// feature's both vanish together.
/// </remarks>
public sealed class GateDynamics
{
    private readonly float[][] _gates;
    private readonly float[][] _primaryNorms;

    internal GateDynamics(IReadOnlyList<GateIteration> iterations, IReadOnlyList<string> featureNames, IReadOnlyList<double> lambdaOut, float[][] gates, float[][] primaryNorms)
    {
        Iterations = iterations;
        FeatureNames = featureNames;
        LambdaOut = lambdaOut;
        _gates = gates;
        _primaryNorms = primaryNorms;
    }

    /// <summary>All iterations of the dense phase and of the path, in order.</summary>
    public IReadOnlyList<GateIteration> Iterations { get; }

    /// <summary>The features' names, by index.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>
    /// The λ at which each feature left; <see cref="double.PositiveInfinity"/> if it did not, 0 if it is constant on the training rows and
    /// was never on the path.
    /// </summary>
    public IReadOnlyList<double> LambdaOut { get; }

    /// <summary>γ of a feature after each of <see cref="Iterations"/>; 0 once it has left.</summary>
    /// <param name="feature">Its index.</param>
    public IReadOnlyList<float> Gates(int feature) => Of(_gates, feature);

    /// <summary>‖ω‖ of a feature after each of <see cref="Iterations"/>; 0 once it has left.</summary>
    /// <param name="feature">Its index.</param>
    public IReadOnlyList<float> PrimaryNorms(int feature) => Of(_primaryNorms, feature);

    private float[] Of(float[][] values, int feature)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, FeatureNames.Count);
        return Array.ConvertAll(values, iteration => iteration[feature]);
    }
}
