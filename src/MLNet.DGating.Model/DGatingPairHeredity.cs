namespace MLNet.DGating;

/// <summary>Names which pairs of features may have a function of their own beside the curves.</summary>
public enum DGatingPairHeredity
{
    /// <summary>Pairs of two features that both have a curve.</summary>
    Strong,

    /// <summary>Pairs of a feature that has a curve with any other. The other one is then read by the model too.</summary>
    Weak,
}
