namespace MLNet.DGating;

/// <summary>Names what a model may learn of its features: any function of them, or a sum of functions of one feature or two.</summary>
public enum DGatingModelShape
{
    /// <summary>A network, in which the effect of a feature may depend on the others.</summary>
    Interactions,

    /// <summary>One curve for each number and one value for each category, which add up to the score (docs/theory.md §31).</summary>
    /// <remarks>
    /// What a feature does can then be read from its curve, whatever the other features are. Kept features are those whose curves are
    /// needed: a sparse additive model.
    /// </remarks>
    Additive,

    /// <summary>Curves, and beside them functions of two features each, where curves are not enough (docs/theory.md §32).</summary>
    /// <remarks>
    /// The curves are chosen first. Pairs of features are then chosen by the same penalty, and only what they say beyond curves is theirs.
    /// </remarks>
    AdditiveWithPairs,
}
