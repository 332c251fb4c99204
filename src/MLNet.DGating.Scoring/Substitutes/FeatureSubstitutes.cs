namespace MLNet.DGating;

/// <summary>The features that could stand for a kept one, the best first.</summary>
public sealed class FeatureSubstitutes
{
    internal FeatureSubstitutes(FeatureGate feature, IReadOnlyList<FeatureSubstitute> substitutes) =>
        (Feature, Substitutes) = (feature, substitutes);

    /// <summary>The kept feature.</summary>
    public FeatureGate Feature { get; }

    /// <summary>The dropped features that carry much the same, the best first; empty where there is none.</summary>
    public IReadOnlyList<FeatureSubstitute> Substitutes { get; }

    /// <summary>Returns the name of the feature and those of its substitutes.</summary>
    public override string ToString() =>
        $"{Feature.Name}: {(Substitutes.Count == 0 ? "none" : string.Join(", ", Substitutes))}";
}
