using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses the input noise of a fit.</summary>
internal static class NoiseChoice
{
    /// <summary>The noise levels to try: none, and the two with which 17 and 19 of madelon's 20 true features are found, not 6.</summary>
    private static readonly double[] s_levels = [0, 0.5, 1];

    /// <summary>Gives the noise levels to try: the given one; else none, and more where the network memorises its training rows.</summary>
    /// <remarks>Sparse features and piecewise-linear ones have no noise.</remarks>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="splits">The rows to train on and the rows to evaluate on, for one or several splits.</param>
    public static double[] NoiseLevels(this FitWorkflow workflow, params (int[] Training, int[] HeldOut)[] splits) =>
        workflow.Data.IsSparse || workflow.Settings.Training.IsPiecewise ? s_levels[..1]
        : workflow.Settings.InputNoise is double given ? [given]
        : Memorises(workflow, splits) ? s_levels : s_levels[..1];

    /// <summary>Gives the noise that was given, or else the best one on a held-out part of the rows.</summary>
    public static double ChooseNoise(this FitWorkflow workflow, int[] rows)
    {
        (int[] training, int[] heldOut) = workflow.Data.HoldOut(rows, workflow.Settings.Seed);
        double[] noises = heldOut.Length == 0 ? [workflow.Settings.InputNoise ?? 0] : workflow.NoiseLevels((training, heldOut));
        if (noises.Length == 1)
        {
            return noises[0];
        }

        var stop = new StopRule.AtCounts(workflow.Grid);
        Candidate[] candidates = workflow.TryCandidates(training, heldOut, noises, stop);
        return workflow.Selector(heldOut).Best(candidates).Noise;
    }

    // Noise keeps a network from memorising rows before groups are selected. A network that does not memorise predicts held-out rows better
    // than the null model at the end of its dense phase. There noise was never better at any count (docs/defaults.md), so no whole paths
    // have to be followed to decide.
    private static bool Memorises(FitWorkflow workflow, (int[] Training, int[] HeldOut)[] splits)
    {
        var dense = StopRule.AtCount(workflow.Data.Groups.Count);
        RunResult[] results = workflow.Try(splits.Select(split =>
        {
            int[] preview = workflow.Preview(split.Training);
            return workflow.Settings.Path(preview, split.HeldOut, noise: 0, dense) with
            {
                Refits = false,
                Records = PathRecords.None,
                Networks = KeptNetworks.None,
                Source = FitWorkflow.SourceOf(preview, split.Training),
            };
        }));
        double network = results.Average(result => result.Path!.Points[0].HeldOutLoss);
        double constant = splits.Average(split => RowEvaluation.OfNullModel(workflow.Data, split.HeldOut));
        bool memorises = !(network < constant);
        string consequence = memorises
            ? string.Create(CultureInfo.InvariantCulture, $"it memorises its rows, and input noise {string.Join(", ", s_levels)} is tried")
            : "no input noise is needed";
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"After its dense phase the network's mean loss on held-out rows is {network:g3}, " +
            $"that of a constant {constant:g3}: {consequence}."));
        return memorises;
    }
}
