using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses whether a network of embeddings takes the place of the refit of selected groups (docs/theory.md §20).</summary>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
internal sealed class EmbeddingChoice(FitWorkflow workflow)
{
    /// <summary>The share of the iterations with which settings are compared.</summary>
    private const double TrialShare = 1.0 / 3;

    /// <summary>
    /// The share of the loss of a refit that has just begun, below which embeddings are taken without waiting for its end.
    /// </summary>
    /// <remarks>The rest of a refit took a squared error down by at most a tenth (docs/defaults.md).</remarks>
    private const double FarBetter = 0.8;

    private const double SureErrors = 2;

    /// <summary>How many times as many rows there must be as are looked at first.</summary>
    /// <remarks>With fewer a first look saves little, and a network on a part of the rows is compared with one on all of them.</remarks>
    private const int LeastSaving = 2;

    private readonly FitSettings _settings = workflow.Settings;

    // The standard errors by which embeddings must be better, in their bounded loss or in their loss, after a third of their iterations. Of
    // numbers the rest takes them further; of classes it may only memorise.
    private double ErrorsToTake => workflow.Data.Task.Classes is null ? 0 : 1;

    /// <summary>The number of rounds of a refit after which embeddings are compared with it.</summary>
    public static int FirstRounds => 2;

    /// <summary>Tells whether such a network is tried for a fit on these rows.</summary>
    /// <remarks>Automatically it is where the encoding is open. A network whose layers are given is kept.</remarks>
    public bool IsTried(int[] trainingRows) => _settings.NumericEncoding switch
    {
        DGatingNumericEncoding.Embedding => EncodingChoice.CanEncode(workflow),
        DGatingNumericEncoding.Auto =>
            _settings is { SelectsNeurons: false, Training.HiddenLayers: null } && EncodingChoice.IsOpen(workflow, trainingRows),
        _ => false,
    };

    /// <summary>Trains networks of embeddings on a candidate's groups for a short time, and compares them with the candidate.</summary>
    /// <param name="plain">The candidate, evaluated on the held-out rows.</param>
    /// <param name="training">The numbers of the rows to train on.</param>
    /// <param name="heldOut">The numbers of the rows to choose by, at least one.</param>
    /// <param name="finish">Finishes the candidate's refit where it has only begun and is not far worse; null for a finished one.</param>
    /// <returns>The settings of the network and its metric on the held-out rows; null where the candidate's own network is kept.</returns>
    public (EmbeddingSettings Settings, double HeldOutMetric)? BetterThan(
        Candidate plain, int[] training, int[] heldOut, Func<Candidate>? finish = null)
    {
        if (plain.Count == 0)
        {
            return null;
        }

        EmbeddingSettings[] tried = EmbeddingSettings.Candidates(workflow.Data.RowsBehind(training.Length));
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        if (!IsPromising(tried[0], selector, plain, training, heldOut))
        {
            finish?.Invoke();
            return null;
        }

        workflow.Announce(0.3);
        Candidate[] candidates = Trials(tried, plain, training, heldOut, RowSource.Stream);
        Candidate best = selector.Best(candidates);
        if (finish is not null && !IsFarBetter(selector, best, plain))
        {
            plain = finish();
        }

        bool isTaken = _settings.NumericEncoding == DGatingNumericEncoding.Embedding || IsTaken(selector, best, plain);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"A network of embeddings is {(isTaken ? "the model" : "left out")}: after a third of its iterations the mean loss on " +
            $"held-out rows is {selector.MeanLoss(best).Mean:g3}, that of the refitted network {selector.MeanLoss(plain).Mean:g3}."));
        return isTaken ? (tried[Array.IndexOf(candidates, best)], best.Refit.HeldOutMetric) : null;
    }

    // A network that is surer than it can know has the right classes all the same: there the log-loss tells more than the bounded loss.
    private bool IsTaken(OneStandardErrorSelector selector, Candidate embedded, Candidate plain) =>
        selector.IsBetter(embedded, plain, standardErrors: 0)
        && (selector.IsBetter(embedded, plain, ErrorsToTake) || selector.HasLessLoss(embedded, plain, ErrorsToTake));

    private Candidate[] Trials(EmbeddingSettings[] tried, Candidate plain, int[] training, int[] heldOut, RowSource source) =>
    [
        .. workflow.Try(tried.Select(embedding =>
            _settings.Embedded(embedding.Shortened(TrialShare)).Refit(training, plain.Snapshot, plain.Noise) with
            {
                HeldOutRows = heldOut,
                Source = source,
            }))
            .Select(result => plain with { Refit = result.Refits[0].Result }),
    ];

    // Where classes are predicted, a network on intervals is often as good, and of many rows a part tells so.
    private bool IsPromising(
        EmbeddingSettings usual, OneStandardErrorSelector selector, Candidate plain, int[] training, int[] heldOut)
    {
        int[] preview = workflow.Preview(training);
        if (_settings.NumericEncoding == DGatingNumericEncoding.Embedding || workflow.Data.Task.Classes is null
            || LeastSaving * preview.Length > training.Length)
        {
            return true;
        }

        workflow.Announce(0.1);
        Candidate onPreview = Trials([usual], plain, preview, heldOut, FitWorkflow.SourceOf(preview, training))[0];
        bool isPromising = !selector.IsBetter(plain, onPreview, standardErrors: 1);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"A network of embeddings is {(isPromising ? "tried" : "left out")}: trained on {preview.Length} rows its mean loss on " +
            $"held-out rows is {selector.MeanLoss(onPreview).Mean:g3}, that of the refitted network {selector.MeanLoss(plain).Mean:g3}."));
        return isPromising;
    }

    private static bool IsFarBetter(OneStandardErrorSelector selector, Candidate embedded, Candidate plain) =>
        selector.IsBetter(embedded, plain, SureErrors)
        && selector.MeanLoss(embedded).Mean < FarBetter * selector.MeanLoss(plain).Mean;

    /// <summary>Does the same where no rows are held out: the groups are trained anew without a part of the rows.</summary>
    /// <param name="candidate">The candidate, trained on all of these rows.</param>
    /// <param name="rows">The numbers of the rows.</param>
    public (EmbeddingSettings Settings, double HeldOutMetric)? BetterThan(Candidate candidate, int[] rows)
    {
        (int[] training, int[] heldOut) = workflow.Data.HoldOut(rows, _settings.Seed);
        return heldOut.Length == 0 || candidate.Count == 0
            ? null
            : BetterThan(
                workflow.Try([_settings.FromScratch(training, heldOut, candidate.Snapshot.Groups)])[0].Candidates()[0], training, heldOut);
    }

    /// <summary>Gives a candidate with the network of embeddings, trained on these rows.</summary>
    /// <param name="candidate">The candidate, whose groups are kept.</param>
    /// <param name="chosen">The settings of the network, and its metric on held-out rows.</param>
    /// <param name="rows">The numbers of the rows to train on.</param>
    public Candidate Trained(Candidate candidate, (EmbeddingSettings Settings, double HeldOutMetric) chosen, int[] rows)
    {
        workflow.Announce(0.9);
        RunDescription run = _settings.Embedded(chosen.Settings).Refit(rows, candidate.Snapshot, candidate.Noise) with
        {
            Source = RowSource.StreamInPlace,
        };
        return candidate with
        {
            Refit = workflow.Execute([run])[0].Refits[0].Result with
            {
                HeldOutMetric = chosen.HeldOutMetric,
            },
        };
    }
}
