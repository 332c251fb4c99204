using MLNet.DGating.Tool.Progress;

namespace MLNet.DGating.Tool.Output;

/// <summary>The words for what a training does.</summary>
internal static class PhaseWords
{
    /// <summary>Returns the words for a phase, or for the fold that is trained to test on the others.</summary>
    public static string Of(TrainingMoment moment) => moment.Stage is { } stage ? $"Testing: {stage}" : Of(moment.Training.Phase);

    public static string Of(DGatingPhase phase) => phase switch
    {
        DGatingPhase.Choosing => "Judging counts of features on held-out rows",
        DGatingPhase.Dense => "Training on all features",
        DGatingPhase.Path => "Following the path to few features",
        _ => "Training on the selected features",
    };
}
