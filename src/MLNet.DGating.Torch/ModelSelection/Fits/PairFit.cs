using System.Globalization;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Pairs;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Fits an additive model with functions of pairs of features beside its curves (docs/theory.md §32).</summary>
/// <remarks>
/// First the curves are chosen and fitted. The most promising pairs are then set beside them as further groups of a linear model, and
/// chosen by an ordinary fit of all together, in which only pairs may leave.
/// </remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="start">Creates the executor of runs on the rows with pairs.</param>
internal sealed class PairFit(FitWorkflow workflow, Func<TrainingSet, IRunExecutor> start)
{
    /// <summary>The most pairs that are tried beside each other, unless more are asked for.</summary>
    private const int MostCandidates = 16;

    private readonly PairSettings _pairs = workflow.Settings.Pairs!;

    /// <summary>Carries out the fit.</summary>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="validationRows">The numbers of the rows to choose by; empty to hold out a part of the training rows.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public FitResult Run(int[] trainingRows, int[] validationRows)
    {
        FitResult curves = AutomaticFit.Run(workflow, trainingRows, validationRows);
        PairGrid[] candidates = curves.Groups.Length == 0 || _pairs.Count == 0 || !curves.Encoding.IsPiecewise
            ? []
            : new PairScreen(workflow, curves, RowsToScreen(trainingRows, validationRows))
                .Find(_pairs.Heredity, Math.Max(MostCandidates, _pairs.Count ?? 0));
        if (candidates.Length == 0)
        {
            return curves;
        }

        workflow.Context.Inform($"Choosing among {candidates.Length} pairs of features, beside {curves.Groups.Length} curves.");
        var rows = new PairRows(workflow.Data, curves.Groups, curves.Encoding, candidates, trainingRows);
        using FitWorkflow joint = workflow with
        {
            Data = rows.Data,
            Settings = Settings(curves.Groups.Length, candidates.Length),
            Executor = start(rows.Data),
        };
        FitResult fit = AutomaticFit.Run(joint, trainingRows, validationRows);
        int pairs = fit.Groups.Length - curves.Groups.Length;
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture, $"Selected {pairs} of {candidates.Length} pairs."));
        return pairs == 0 ? curves : new PairNetwork(workflow.Data.Groups, curves, rows).Of(fit);
    }

    // Rows on which the number of pairs is chosen say nothing on which ones are tried.
    private int[] RowsToScreen(int[] trainingRows, int[] validationRows) => validationRows.Length > 0
        ? trainingRows
        : workflow.Data.HoldOut(trainingRows, workflow.Settings.Seed).Training;

    private FitSettings Settings(int curves, int candidates) => workflow.Settings with
    {
        Stop = _pairs.Count is int count ? StopRule.AtCount(curves + Math.Min(count, candidates))
            : workflow.Settings.Stop is StopRule.AtLambda given ? given
            : StopRule.Open,
        InputNoise = 0,
        ChoosesPairs = true,
    };
}
