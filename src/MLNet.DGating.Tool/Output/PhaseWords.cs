namespace MLNet.DGating.Tool.Output;

/// <summary>The words for the phases of a training.</summary>
internal static class PhaseWords
{
    public static string Of(DGatingPhase phase) => phase switch
    {
        DGatingPhase.Choosing => "Judging counts of features on held-out rows",
        DGatingPhase.Dense => "Training on all features",
        DGatingPhase.Path => "Following the path to few features",
        _ => "Training on the selected features",
    };
}
