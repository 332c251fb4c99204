using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Finds out which input noise to train with.</summary>
internal static class NoiseChoice
{
    /// <summary>Noise levels tried: none, and the two that turned 6 of madelon's 20 true features into 17 and 19.</summary>
    private static readonly double[] s_levels = [0, 0.5, 1];

    /// <summary>The noise given; else none, unless the network memorises its training rows. None with sparse features.</summary>
    /// <param name="workflow">The fit.</param>
    /// <param name="splits">Parts of the rows to train on and to evaluate on.</param>
    public static double[] NoiseLevels(this FitWorkflow workflow, params (int[] Training, int[] HeldOut)[] splits) =>
        workflow.Data.IsSparse ? s_levels[..1]
        : workflow.Settings.InputNoise is double given ? [given]
        : Memorises(workflow, splits) ? s_levels : s_levels[..1];

    /// <summary>The noise given, or the one that is best on a held-out part of the rows.</summary>
    public static double ChooseNoise(this FitWorkflow workflow, int[] rows)
    {
        (int[] training, int[] heldOut) = workflow.Data.HoldOut(rows, workflow.Settings.Seed);
        double[] noises = heldOut.Length == 0 ? [workflow.Settings.InputNoise ?? 0] : workflow.NoiseLevels((training, heldOut));
        if (noises.Length == 1)
        {
            return noises[0];
        }

        Candidate[] candidates = workflow.TryCandidates(training, heldOut, noises, new StopRule.AtCounts(CountGrid.Of(workflow.Data.Groups)));
        return workflow.Selector(heldOut).Best(candidates).Noise;
    }

    // Noise keeps a network from memorising rows before groups are selected. One that does not memorise says more of held-out rows than
    // the null model when its dense phase ends; there noise was never better, at no count (docs/defaults.md), and whole paths need not be
    // followed to see it.
    private static bool Memorises(FitWorkflow workflow, (int[] Training, int[] HeldOut)[] splits)
    {
        StopRule dense = StopRule.AtCount(workflow.Data.Groups.Count);
        RunResult[] results = workflow.Try(splits.Select(split => workflow.Settings.Path(split.Training, split.HeldOut, noise: 0, dense) with
        {
            Refits = false,
            Records = PathRecords.None,
            KeepsNetworks = false,
        }));
        double network = results.Average(result => result.Path!.Points[0].HeldOutLoss);
        double constant = splits.Average(split => RowEvaluation.OfNullModel(workflow.Data, split.HeldOut));
        bool memorises = !(network < constant);
        string consequence = memorises
            ? string.Create(CultureInfo.InvariantCulture, $"it memorises its rows, and input noise {string.Join(", ", s_levels)} is tried")
            : "no input noise is needed";
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"After its dense phase the network's mean loss on held-out rows is {network:g3}, that of a constant {constant:g3}: {consequence}."));
        return memorises;
    }
}
