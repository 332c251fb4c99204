namespace MLNet.DGating;

/// <summary>Names the phases of a fit.</summary>
public enum DGatingPhase
{
    /// <summary>Runs on a part of the rows, by which input noise and feature count are chosen or stability is measured.</summary>
    Choosing,

    /// <summary>Training on all features, without the gate penalty.</summary>
    Dense,

    /// <summary>Training while λ grows and features leave.</summary>
    Path,

    /// <summary>Training over all rows at once at a fixed λ, until the weights are stationary, for a certificate.</summary>
    StationaryPoint,

    /// <summary>Training of the selected features without gates.</summary>
    Refit,
}
