using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses how many neurons the hidden layer of the selected groups' network needs (docs/theory.md §34).</summary>
/// <remarks>
/// On a part of the rows a network is trained whose neurons a path ranks. Networks of the first of them are trained further and compared on
/// the other rows; the smallest that is as good as the best within one standard error says how many the network of the fit keeps.
/// </remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
internal sealed class NeuronChoice(FitWorkflow workflow)
{
    private const double Step = 1.5;

    private readonly FitSettings _settings = workflow.Settings;

    /// <summary>Gives the candidate with fewer neurons, or the same one where none can be spared.</summary>
    /// <param name="fitted">The candidate of the fit.</param>
    /// <param name="validationRows">The numbers of the rows to choose by; empty to hold out a part of the training rows.</param>
    public FittedCandidate Reduced(FittedCandidate fitted, int[] validationRows)
    {
        int[] rows = fitted.TrainingRows;
        (int[] training, int[] heldOut) = validationRows.Length > 0 ? (rows, validationRows) : workflow.Data.HoldOut(rows, _settings.Seed);
        if (fitted.Candidate.Count == 0 || heldOut.Length == 0)
        {
            workflow.Context.Warn(fitted.Candidate.Count == 0
                ? "The model is a constant, which has no neurons."
                : $"{rows.Length} rows are too few to hold some out: all neurons are kept.");
            return fitted;
        }

        bool isTrainedOnAll = validationRows.Length == 0;
        Candidate whole = isTrainedOnAll ? OnPart(fitted.Candidate, training, heldOut) : fitted.Candidate;
        var path = NeuronPath.Of(workflow, whole, training);
        int[] counts = Counts(path.Ranking.Length);
        NeuronCandidate[] candidates = [.. Refits(path, counts, whole, training, heldOut), new(whole.Refit.Shape.ActivatedWidth, whole)];
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        NeuronCandidate chosen = selector.Choose(candidates);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Chosen: {chosen.Neurons} of {whole.Refit.Shape.ActivatedWidth} neurons (mean loss on {heldOut.Length} held-out rows " +
            $"{selector.MeanLoss(chosen).Mean:g4}; with all neurons {selector.MeanLoss(candidates[^1]).Mean:g4})."));
        if (chosen.Neurons == whole.Refit.Shape.ActivatedWidth)
        {
            return fitted;
        }

        return fitted with
        {
            Candidate = isTrainedOnAll || workflow.Data.Stream is not null ? OnAll(fitted.Candidate, chosen, rows) : chosen.Candidate,
            Calibration = Calibration.Factor(workflow.Data, training, heldOut, chosen.Candidate.Refit.HeldOutScores),
        };
    }

    // All, and then each about two thirds of the one before.
    private static int[] Counts(int neurons)
    {
        var counts = new List<int>();
        for (double count = neurons; count >= 1; count = Math.Min(count / Step, Math.Ceiling(count) - 1))
        {
            counts.Add((int)Math.Ceiling(count));
        }

        return [.. counts.Distinct()];
    }

    // The network of the fit has seen all rows: one that has not is trained on the same groups.
    private Candidate OnPart(Candidate candidate, int[] training, int[] heldOut)
    {
        RunDescription run = _settings.Path(training, heldOut, candidate.Noise, new StopRule.AtLambda(0)) with
        {
            Settings = _settings.Training with { IsPiecewise = candidate.Refit.IsPiecewise },
            Groups = candidate.Snapshot.Groups,
            Beginning = null,
        };
        workflow.Announce(0.4);
        return workflow.Try([run])[0].Candidates()[0];
    }

    private IEnumerable<NeuronCandidate> Refits(NeuronPath path, int[] counts, Candidate whole, int[] training, int[] heldOut)
    {
        workflow.Announce(0.6);
        RunResult[] results = workflow.Try(counts.Select(count => Refit(path, count, whole, training) with { HeldOutRows = heldOut }));
        return results.Zip(counts, (result, count) => new NeuronCandidate(count, whole with { Refit = result.Refits[0].Result }));
    }

    private Candidate OnAll(Candidate candidate, NeuronCandidate chosen, int[] rows)
    {
        var path = NeuronPath.Of(workflow, candidate, rows);
        int count = Math.Min(chosen.Neurons, path.Ranking.Length);
        RunDescription run = Refit(path, count, candidate, rows) with { EndOfRounds = chosen.Candidate.Refit.EndOfRounds };
        workflow.Announce(1);
        RefitResult refit = workflow.Execute([run])[0].Refits[0].Result;
        return candidate with { Refit = refit with { HeldOutMetric = chosen.Candidate.Refit.HeldOutMetric } };
    }

    private RunDescription Refit(NeuronPath path, int count, Candidate candidate, int[] rows) =>
        _settings.Refit(rows, candidate.Snapshot with { State = path.Keep(count) }, candidate.Noise) with
        {
            Settings = _settings.Training with { HiddenLayers = [count], IsPiecewise = candidate.Refit.IsPiecewise },
        };

    /// <summary>A network of so many neurons, which the selector takes for a candidate of so many groups.</summary>
    private sealed record NeuronCandidate(int Neurons, Candidate Candidate) : ICandidate
    {
        public double Noise => Candidate.Noise;

        public int Count => Neurons;

        public double[] HeldOutLosses => Candidate.HeldOutLosses;

        public double[] HeldOutBoundedLosses => Candidate.HeldOutBoundedLosses;
    }
}
