namespace MLNet.DGating;

/// <summary>A feature that the model dropped and that carries much the same as one that it kept.</summary>
public sealed class FeatureSubstitute
{
    internal FeatureSubstitute(FeatureGate feature, double valueCorrelation, double effectCorrelation) =>
        (Feature, ValueCorrelation, EffectCorrelation) = (feature, valueCorrelation, effectCorrelation);

    /// <summary>The feature.</summary>
    public FeatureGate Feature { get; }

    /// <summary>The correlation of its values with those of the kept feature, 0 to 1; the largest where they have several slots.</summary>
    public double ValueCorrelation { get; }

    /// <summary>The correlation of what the kept feature adds to scores with what can be told of that from this feature, 0 to 1.</summary>
    /// <remarks>
    /// It is the correlation ratio of the kept feature's contributions over intervals or categories of this one, adjusted for their number
    /// (docs/theory.md §30): it sees relations of any shape.
    /// </remarks>
    public double EffectCorrelation { get; }

    /// <summary>Returns the name with both correlations.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Feature.Name} (values {ValueCorrelation:f2}, effect {EffectCorrelation:f2})");
}
