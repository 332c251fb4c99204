namespace MLNet.DGating;

/// <summary>Names what a fit that goes on from a previous model does with its selection.</summary>
public enum DGatingContinuation
{
    /// <summary>The same features are kept, and their network is trained on.</summary>
    KeepSelection,

    /// <summary>All features are candidates again: the path begins with the previous network and selects anew.</summary>
    WidenSelection,
}
