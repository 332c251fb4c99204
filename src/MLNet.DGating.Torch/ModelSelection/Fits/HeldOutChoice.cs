using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses noise and count on a held-out part of the rows, or by folds where that part is too small to decide.</summary>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="training">The numbers of the rows to train on.</param>
/// <param name="heldOut">The numbers of the rows to choose by.</param>
internal sealed class HeldOutChoice(FitWorkflow workflow, int[] training, int[] heldOut)
{
    private readonly FitSettings _settings = workflow.Settings;
    private readonly OneStandardErrorSelector _selector = workflow.Selector(heldOut);
    private readonly HeldOutEvidence _evidence = new(workflow, heldOut);
    private readonly CandidateRace _race = new(workflow, training, heldOut);
    private readonly int[] _counts = workflow.Counts;
    private readonly bool _isOpen = workflow.Settings.Stop is StopRule.Automatic;

    /// <summary>Chooses among the candidates of some noise levels.</summary>
    /// <param name="noises">The noise levels, deviations.</param>
    /// <param name="mayFold">Whether the training rows are held out in folds too where the held-out part alone does not decide.</param>
    /// <param name="isModel">Whether the chosen candidate is the model itself, so that its refit is carried out to the end.</param>
    /// <param name="beside">A run on all rows to carry out at the same time; null for none.</param>
    public ChosenCandidate Choose(double[] noises, bool mayFold, bool isModel, RunDescription? beside)
    {
        int end = mayFold ? CandidateRace.Rounds : _race.RoundsOfManyRows;
        (Candidate[] candidates, PathResult? whole) = Candidates(noises, beside, end);
        if (mayFold && workflow.CalibratesByFolds(training.Length + heldOut.Length))
        {
            return ByFolds([_selector.Best(candidates)], endOfRounds: null);
        }

        Candidate constant = workflow.Constant(training, heldOut, candidates[^1].Path);
        bool isCandidate = workflow.IsConstantACandidate(_counts, training.Length + heldOut.Length);
        Candidate[] choice = isCandidate ? [.. candidates, constant] : candidates;
        Candidate chosen = _selector.Choose(choice, _settings.ChoosesPairs ? workflow.Data.Groups.KeptCount : 0);
        double? agreement = _isOpen ? _evidence.Agreement(choice, chosen.Count) : null;
        if (mayFold && agreement is double part && _evidence.Doubt(candidates, constant, chosen, part) is string doubt)
        {
            workflow.Context.Inform(doubt);
            return ByFolds(candidates, CandidateRace.Rounds) with { Whole = whole };
        }

        chosen = _isOpen ? Refined(chosen, end) : chosen;
        bool isFinished = isModel || end < Math.Min(CandidateRace.Rounds, _settings.Training.Rounds.Length);
        chosen = isFinished && _counts.Length > 1 && chosen.Count > 0 ? _race.Finish(chosen) : chosen;
        return new ChosenCandidate(chosen, _selector.IsBetterThanConstant(_selector.Best(candidates), constant))
        {
            Paths = [chosen.Path],
            EndOfRounds = chosen.Refit.EndOfRounds,
            Calibration = Calibration.Factor(workflow.Data, training, heldOut, chosen.Refit.HeldOutScores),
            HeldOutMetric = chosen.Refit.HeldOutMetric,
            Choice = agreement is null ? null : Describe(heldOut.Length, folds: 1, agreement.Value),
            Whole = whole,
        };
    }

    private Candidate Refined(Candidate chosen, int end)
    {
        var smaller = new SmallerCandidates(workflow, [(training, heldOut)], end);
        return new CountRefinement(_selector, _counts).Run(chosen, (larger, count) => smaller.At([larger], count)[0]).Chosen;
    }

    private static FeatureCountChoice Describe(int rows, int folds, double agreement) =>
        new() { HeldOutRows = rows, Folds = folds, Agreement = agreement };

    private (Candidate[] Candidates, PathResult? Whole) Candidates(double[] noises, RunDescription? beside, int end)
    {
        if (_counts.Length <= 1)
        {
            StopRule stop = _counts.Length > 0 ? new StopRule.AtCounts(_counts) : _settings.Stop;
            workflow.Announce(0.5);
            return (workflow.TryCandidates(training, heldOut, noises, stop), null);
        }

        RunDescription[] paths = [.. _race.Paths(noises, _counts)];
        RunDescription[] runs = beside is null ? paths : [.. paths, beside];
        workflow.Announce(0.4);
        RunResult[] results = workflow.Execute(runs);
        return (_race.Run(results.Take(paths.Length), end), beside is null ? null : results[^1].Path);
    }

    // The held-out part is the first fold, so that its candidates are not evaluated again.
    private ChosenCandidate ByFolds(Candidate[] ofFirst, double? endOfRounds)
    {
        int[][] others = workflow.Data.Fold(training, DGatingDefaults.FoldsOfUnsureChoice - 1, _settings.Seed);
        int[][] folds = [heldOut, .. others];
        var validation = CrossValidation.GoOn(workflow, folds, _counts, ofFirst, endOfRounds);
        CrossValidatedCandidate chosen = validation.Chosen;
        return new ChosenCandidate(chosen.OfFolds[0], validation.Evaluation.IsBetterThanConstant == true)
        {
            Paths = validation.Paths,
            EndOfRounds = chosen.EndOfRounds,
            Calibration = chosen.Calibration,
            HeldOutMetric = chosen.OfFolds.Average(candidate => candidate.Refit.HeldOutMetric),
            Choice = _isOpen ? Describe(validation, [.. folds.SelectMany(fold => fold)]) : null,
        };
    }

    // Of how sure the choice is, the counts of the grid tell: those between lie as near to each other as to the chosen one.
    private FeatureCountChoice Describe(CrossValidation validation, int[] pooled)
    {
        CrossValidatedCandidate[] ofGrid = [.. validation.Candidates.Where(each => each.Count == 0 || _counts.Contains(each.Count))];
        int nearest = ofGrid.Where(each => each.Count >= validation.Chosen.Count).Min(each => each.Count);
        double agreement = new HeldOutEvidence(workflow, pooled).Agreement(ofGrid, nearest);
        return Describe(pooled.Length, DGatingDefaults.FoldsOfUnsureChoice, agreement);
    }
}
