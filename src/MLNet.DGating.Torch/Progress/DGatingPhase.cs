namespace MLNet.DGating;

/// <summary>What a D-Gating trainer is doing.</summary>
public enum DGatingPhase
{
    /// <summary>
    /// Candidate runs on a part of the rows, to choose input noise and feature count on the rest, or to see what is selected again.
    /// </summary>
    Choosing,

    /// <summary>All features, no gate penalty yet.</summary>
    Dense,

    /// <summary>λ grows, features leave.</summary>
    Path,

    /// <summary>λ is held, and all rows count at once, until the weights are stationary: on the way to a certificate.</summary>
    StationaryPoint,

    /// <summary>The selected features are trained on without gates.</summary>
    Refit,
}
