namespace MLNet.DGating;

/// <summary>Two features whose curves are not enough: the model has a function of both beside them.</summary>
/// <param name="First">The first feature.</param>
/// <param name="Second">The second feature.</param>
/// <param name="Strength">
/// The deviation of what the function adds to the scores over the training rows, in the unit of the score; of all classes together.
/// </param>
public readonly record struct FeaturePair(FeatureGate First, FeatureGate Second, float Strength)
{
    /// <summary>The names of both features, such as "age × hours".</summary>
    public string Name => $"{First.Name} × {Second.Name}";

    /// <summary>Formats the pair as its name and strength.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Strength:G4})");
}
