using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Goes on with the network of a finished model, whose groups are all of the training set's (docs/theory.md §25).</summary>
/// <param name="workflow">The rows, the settings with the network's layers, and the executor of runs.</param>
/// <param name="start">The parameters of the network, with a full first layer.</param>
/// <param name="embeddingWidth">The number K of neurons of each group in the first hidden layer; 0 where groups share its neurons.</param>
internal sealed class ContinuedFit(FitWorkflow workflow, NetworkState start, int embeddingWidth)
{
    /// <summary>The standard errors by which a constant must be better than the model for a warning.</summary>
    private const double SurelyWorse = 2;

    private readonly PathSnapshot _start =
        new([.. Enumerable.Range(0, workflow.Data.Groups.Count)], start with { Gates = workflow.Data.Groups.OpenGates() });

    // The model has no path on these rows.
    private readonly PathResult _path = new(
        [new PathPoint(0, workflow.Data.Groups.Count, double.NaN, double.NaN, double.NaN, null)], [],
        [.. Enumerable.Repeat(double.PositiveInfinity, workflow.Data.Groups.Count)],
        [.. Enumerable.Range(0, workflow.Data.Groups.Count)], IsComplete: true);

    /// <summary>Carries out the fit.</summary>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="validationRows">The numbers of the rows that end the training; empty to hold out a part of the training rows.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public FitResult Run(int[] trainingRows, int[] validationRows)
    {
        (int[] training, int[] heldOut) = validationRows.Length > 0 ? (trainingRows, validationRows) : HoldOut(trainingRows);
        // Of many rows the held-out part is small, and the model does without it.
        bool isModel = workflow.Data.Stream is null && (validationRows.Length > 0 || trainingRows.Length >= DGatingDefaults.ManyRows);
        FitSettings[] variants = Variants(workflow.Data.RowsBehind(training.Length));
        if (heldOut.Length == 0)
        {
            workflow.Context.Warn(
                $"{trainingRows.Length} rows are too few to hold some out: the model goes half of the way that the first round of " +
                "training on them asks for.");
            Candidate half = Execute([Describe(variants[0], trainingRows, []) with { EndOfRounds = RefitRounds.Halfway }])[0];
            return FittedCandidate.Unevaluated(workflow, half, trainingRows).Model(workflow);
        }

        RunDescription[] runs =
        [
            Describe(variants[0], training, heldOut) with { EndOfRounds = 0 },
            .. variants.Select(variant => Describe(variant, training, heldOut)),
        ];
        Candidate[] tried = Execute([.. runs.Select(run => run with { IsForChoice = !isModel })]);
        Candidate best = workflow.Selector(heldOut).Best(tried[1..]);
        Report(tried[0], best, training, heldOut);
        var fitted = FittedCandidate.Evaluated(workflow, best, training, heldOut);
        if (!isModel && best.Refit.Rounds > 0)
        {
            FitSettings chosen = variants[Array.IndexOf(tried, best) - 1];
            RunDescription onAll = Describe(chosen, trainingRows, []) with
            {
                EndOfRounds = best.Refit.Rounds,
                Source = RowSource.StreamInPlace,
            };
            fitted = fitted with { Candidate = Execute([onAll])[0], TrainingRows = trainingRows };
        }

        FitResult model = fitted.Model(workflow);
        return model with { HeldOutMetric = best.Refit.HeldOutMetric };
    }

    private (int[] Training, int[] HeldOut) HoldOut(int[] rows) =>
        workflow.Data.Stream is null && rows.Length >= DGatingDefaults.ManyRows
            ? workflow.Data.HoldOutOfMany(rows, workflow.Settings.Seed)
            : workflow.Data.HoldOut(rows, workflow.Settings.Seed);

    // Embeddings are regularized in one of two ways, and which one is not part of a model.
    private FitSettings[] Variants(long rows) => embeddingWidth == 0
        ? [workflow.Settings]
        :
        [
            .. EmbeddingSettings.Candidates(rows).Select(embedding => workflow.Settings.Embedded(embedding with
            {
                Width = embeddingWidth,
                HiddenLayers = workflow.Settings.Training.HiddenLayers!,
            })),
        ];

    private RunDescription Describe(FitSettings settings, int[] training, int[] heldOut) =>
        settings.Refit(training, _start, noise: 0) with { ContinuesModel = true, HeldOutRows = heldOut };

    private Candidate[] Execute(RunDescription[] runs)
    {
        workflow.Announce(0.7);
        return
        [
            .. workflow.Execute(runs)
                .Select(result => new Candidate(0, _path, result.Refits[0].Snapshot, result.Refits[0].Result)),
        ];
    }

    private void Report(Candidate before, Candidate after, int[] training, int[] heldOut)
    {
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Continued for {after.Refit.Rounds} rounds: mean loss on {heldOut.Length} held-out rows " +
            $"{selector.MeanLoss(before).Mean:g4} before, {selector.MeanLoss(after).Mean:g4} now."));
        if (selector.IsBetter(workflow.Constant(training, heldOut, _path), before, SurelyWorse))
        {
            workflow.Context.Warn(
                "The previous model predicts the new rows worse than a constant does. Unless what they say has changed, check that label " +
                "values, classes and feature slots mean the same as in its training.");
        }
    }
}
