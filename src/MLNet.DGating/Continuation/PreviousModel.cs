using System.Globalization;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Holds a finished model that a fit goes on from, and checks whether it fits data and options.</summary>
/// <param name="Network">Its network.</param>
/// <param name="Selection">The report on its selection.</param>
/// <param name="Path">Its path.</param>
/// <param name="Options">The options of the trainer that goes on.</param>
internal sealed record PreviousModel(
    CollapsedNetwork Network, FeatureSelectionReport Selection, IReadOnlyList<DGatingPathPoint> Path, DGatingTrainerOptions Options)
{
    /// <summary>The name of the parameter of Fit, for errors.</summary>
    public const string Parameter = "previousModel";

    private const string Continuation = nameof(DGatingTrainerOptions.Continuation);

    /// <summary>The number K of neurons of each feature in the first hidden layer; 0 where features share its neurons.</summary>
    public int EmbeddingWidth { get; } = EmbeddingBlocks.WidthOf(Network, Selection.Data.Groups);

    /// <summary>Whether all features are candidates again.</summary>
    public bool Widens => Options.Continuation == DGatingContinuation.WidenSelection;

    /// <summary>Whether sparse rows may stay sparse: all slots are read, and 0 is 0 in every column.</summary>
    public bool MayBeSparse =>
        Widens && Enumerable.Range(0, Network.Inputs.Encoding.Columns).All(Network.Inputs.Encoding.KeepsZero);

    /// <summary>Gives the slots that the fit reads: those of the model, or all.</summary>
    public SlotUse UseOf(FeatureSlots slots)
    {
        var needed = Selection.SelectedIndices.ToHashSet();
        int[] all = SlotUse.All(slots).Read;
        SelectedInputs inputs = Network.Inputs;
        int[] selected = inputs.Slots.ToArray();
        return new SlotUse(Widens ? all : Array.FindAll(all, needed.Contains), needed)
        {
            Indicated = inputs.Indicated.ToArray().Select(place => selected[place]).ToHashSet(),
            // The network of a kept selection has no weights for further inputs.
            AddsIndicators = Widens,
        };
    }

    /// <summary>Checks the model against task and options, before any row is read.</summary>
    /// <param name="context">Throws user errors.</param>
    /// <param name="task">The task to go on with.</param>
    /// <param name="labelColumn">The name of the label column.</param>
    /// <exception cref="ArgumentException">The model does not fit; the message says what, and what to do.</exception>
    public void CheckTask(IExceptionContext context, LearningTask task, string labelColumn)
    {
        int outputs = task.Loss.Outputs, had = Network.OutputCount;
        context.CheckUserArg(outputs == had, Parameter, task.Classes is not null
            ? $"Column '{labelColumn}' has {outputs} classes, but the previous model has {had}. " +
                "Map the label with the transform that was fitted for that model, or train anew without it."
            : $"The loss has {outputs} outputs, but the previous model has {had}. Use the loss and the quantiles of that model.");
        context.CheckUserArg(Selection.SelectedIndices.Count > 0, Parameter,
            "The previous model has no features: it is a constant, with which nothing can go on. Train anew without it.");
        context.CheckUserArg(!Widens || EmbeddingWidth == 0, Continuation,
            $"{Continuation} must be {DGatingContinuation.KeepSelection} where the previous model has embeddings, but was " +
            $"{DGatingContinuation.WidenSelection}: the network that selected its features is not part of it. " +
            "To select anew train without the previous model.");
        context.CheckUserArg(Widens || !Options.ComputeCertificate, nameof(Options.ComputeCertificate),
            $"{nameof(Options.ComputeCertificate)} must be false where a selection is kept, but was True: " +
            $"a certificate is of a path's end. Use {Continuation} = {DGatingContinuation.WidenSelection}, or train anew.");
    }

    /// <summary>Checks the model against the feature column and its terms, before any row is read.</summary>
    /// <param name="context">Throws user errors.</param>
    /// <param name="slots">The feature column.</param>
    /// <param name="terms">The terms of each feature.</param>
    /// <exception cref="ArgumentException">The model does not fit; the message says what, and what to do.</exception>
    public void CheckSlots(IExceptionContext context, FeatureSlots slots, FeatureTerms terms)
    {
        SelectionData data = Selection.Data;
        context.CheckUserArg(slots.Count == data.SlotCount, Parameter,
            $"The feature column '{slots.ColumnName}' has {slots.Count} slots, but that of the previous model had {data.SlotCount}. " +
            "Make the features with the transforms that were fitted for that model.");
        if (slots.Metadata.Names is { } names && data.Metadata.Names is { } before)
        {
            int other = Array.FindIndex(data.SelectedSlots, slot => names[slot] != before[slot]);
            context.CheckUserArg(other < 0, Parameter, other < 0 ? "" :
                $"Slot {data.SelectedSlots[other]} of the feature column '{slots.ColumnName}' is '{names[data.SelectedSlots[other]]}', " +
                $"but the previous model reads '{before[data.SelectedSlots[other]]}' there. " +
                "Make the features with the transforms that were fitted for that model.");
        }

        bool hasSameGroups = slots.Groups.Length == data.Groups.Length
            && slots.Groups.Zip(data.Groups).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        context.CheckUserArg(hasSameGroups, nameof(Options.Groups),
            $"The slots of column '{slots.ColumnName}' are {slots.Groups.Length} features, but in the previous model they were " +
            $"{data.Groups.Length} others. Set {nameof(Options.Groups)} as for that model.");
        if (!Widens)
        {
            CheckSelection(context, terms);
        }
    }

    /// <summary>Gives the report on a network with the same selection, whose evidence is that of this model.</summary>
    /// <param name="continued">The report on the network alone.</param>
    public FeatureSelectionReport Report(FeatureSelectionReport continued) => new(continued.Data with
    {
        LambdaOut = Selection.Data.LambdaOut,
        ConstantSlots = Selection.Data.ConstantSlots,
        Frequency = Selection.Data.Frequency,
        Choice = Selection.Data.Choice,
    });

    private void CheckSelection(IExceptionContext context, FeatureTerms terms)
    {
        FeatureGate[] kept = [.. Selection.Features.Where(gate => gate.IsSelected)];
        string cure = $"Select anew with {Continuation} = {DGatingContinuation.WidenSelection}, or change the option.";
        int? most = Options.MaximumFeatureCount;
        context.CheckUserArg(most is null || kept.Length <= most, nameof(Options.MaximumFeatureCount),
            $"{nameof(Options.MaximumFeatureCount)} is {most}, but the previous model has {kept.Length} features. {cure}");
        string[] missing =
        [
            .. Selection.Features.Where(gate => terms[gate.Index].IsKept && !gate.IsSelected && !Selection.IsConstant(gate))
                .Select(gate => gate.Name),
        ];
        context.CheckUserArg(missing.Length == 0, nameof(Options.AlwaysKeep),
            $"{nameof(Options.AlwaysKeep)} names {FeatureNames.List(missing)}, which the previous model does not have. {cure}");
        double cost = kept.Sum(gate => terms[gate.Index].Cost);
        context.CheckUserArg(Options.MaximumCost is not double budget || CostBudget.PaysFor(budget, cost), nameof(Options.MaximumCost),
            string.Create(CultureInfo.InvariantCulture,
                $"{nameof(Options.MaximumCost)} is {Options.MaximumCost}, but the features of the previous model cost {cost:g6}. {cure}"));
    }
}
