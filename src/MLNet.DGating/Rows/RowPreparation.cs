using System.Globalization;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Prepares rows for the engine, and checks labels and slots before training.</summary>
/// <param name="context">Throws user errors.</param>
/// <param name="slots">The feature column.</param>
/// <param name="use">The slots that were read.</param>
/// <param name="terms">The terms of each feature.</param>
/// <param name="budget">The budget of the selection; null where there is none.</param>
internal sealed class RowPreparation(IExceptionContext context, FeatureSlots slots, SlotUse use, FeatureTerms terms, double? budget)
{
    private readonly int[] _allSlots = use.Read;

    /// <summary>Prepares rows with a label.</summary>
    /// <param name="read">The rows.</param>
    /// <param name="task">The task to learn.</param>
    /// <param name="labelColumn">The name of the label column, for errors.</param>
    /// <param name="balancesClasses">Whether all classes get the same total weight.</param>
    /// <param name="mergesCopies">Whether one of each family of copied slots is left.</param>
    public PreparedRows ForLabels(
        ReadRows read, LearningTask task, string labelColumn, bool balancesClasses, bool mergesCopies)
    {
        float[] labels = read.Labels;
        int trainingRows = read.TrainingRows;
        CheckLabels(labels.AsSpan(0, trainingRows), task, labelColumn);
        float[]? weights = read.Weights;
        ClassFactors? factors = balancesClasses
            ? ClassFactors.Balanced(labels.AsSpan(0, trainingRows), Training(), task.Classes!.Value)
            : null;
        if (factors is not null)
        {
            weights = [.. labels.Select((label, row) => factors.Of(label) * (weights?[row] ?? 1))];
        }

        LearningTask fitted = task.FittedTo(labels.AsSpan(0, trainingRows), Training());
        PreparedRows prepared = Prepare(read, weights, mergesCopies, task.Classes is not null, (features, _) =>
            new TrainingSet(features.Matrix, [], weights, features.Groups, fitted));
        return (prepared with
        {
            Labels = labels,
            StreamTo = transform => read.Stream(prepared.Inputs, transform.Apply, label => factors?.Of(label) ?? 1),
        }).WithTask(fitted);

        ReadOnlySpan<float> Training() => weights is null ? [] : weights.AsSpan(0, trainingRows);
    }

    /// <summary>Prepares rows without a label, whose targets are the standardized slots themselves.</summary>
    public PreparedRows ForReconstruction(ReadRows read)
    {
        PreparedRows prepared = Prepare(read, read.Weights, mergesCopies: false, hasClasses: false, (features, statistics) =>
            new TrainingSet(features.Matrix, [], read.Weights, features.Groups, LearningTask.Reconstruction(features.Matrix.Columns))
            {
                TargetRows = new FeatureRows(features.Matrix, statistics.Standardization()),
            });
        return prepared with
        {
            Data = prepared.Data with { Stream = read.Stream(prepared.Inputs, label => label, _ => 1) },
        };
    }

    private PreparedRows Prepare(
        ReadRows read, float[]? weights, bool mergesCopies, bool hasClasses,
        Func<(FeatureMatrix Matrix, GroupLayout Groups), ColumnStatistics, TrainingSet> create)
    {
        int trainingRows = read.TrainingRows;
        int[] rows = [.. Enumerable.Range(0, trainingRows)];
        (FeatureMatrix all, SlotInputs inputs) = Shown(read);
        var statistics = ColumnStatistics.Of(all, rows, weights);
        if (all is ShardedMatrix sharded)
        {
            all = ShardBalance.Judge(sharded, statistics, weights, read.Labels, trainingRows, hasClasses);
        }

        RoundedColumn[] rounded =
            [.. statistics.Rounded(all, rows).Select(column => column with { Column = inputs.Slots[column.Column] })];
        int[] varying =
        [
            .. Enumerable.Range(0, inputs.Count).Where(input => !statistics.IsConstant(input)
                || (inputs.IsIndicator[input] ? use.Indicated : use.Needed).Contains(inputs.Slots[input])),
        ];
        if (varying.Length == 0)
        {
            throw context.ExceptUserArg(nameof(DGatingTrainerOptions.FeatureColumnName),
                $"Column '{slots.ColumnName}': all {_allSlots.Length} slots have a single value on the {trainingRows} training rows, " +
                "so there is nothing to learn from. " +
                (rounded.Length > 0 ? RoundedSlots.Describe(rounded, slots) : "Check how the column is made."));
        }

        var isVarying = varying.Select(input => inputs.Slots[input]).ToHashSet();
        Dictionary<int, int> copies = mergesCopies ? Copies(all, rows, statistics, inputs, varying) : [];
        varying = Array.FindAll(varying, input => !copies.ContainsKey(inputs.Slots[input]));
        ILookup<int, int> inputsOfSlot = varying.ToLookup(input => inputs.Slots[input]);
        int[] sizes = Array.ConvertAll(slots.Groups, group => group.Sum(slot => inputsOfSlot[slot].Count()));
        int[] numbers = [.. Enumerable.Range(0, sizes.Length).Where(group => sizes[group] > 0)];
        if (budget is double maximumCost)
        {
            numbers = terms.Affordable(numbers, maximumCost);
            var affordable = numbers.SelectMany(group => slots.Groups[group]).ToHashSet();
            varying = Array.FindAll(varying, input => affordable.Contains(inputs.Slots[input]));
        }

        FeatureMatrix features = varying.Length == inputs.Count ? all : all.Keep(varying);
        var groups = GroupLayout.Create(
            Array.ConvertAll(numbers, group => sizes[group]), Array.ConvertAll(numbers, group => terms[group]),
            Array.ConvertAll(numbers, group => slots.Groups[group].Count(inputsOfSlot.Contains)));
        ColumnStatistics ofFeatures = statistics.Select(varying);
        TrainingSet data = create((features, groups), ofFeatures);
        data.Encodings.Add(rows, ofFeatures);
        return new PreparedRows
        {
            Slots = slots,
            Data = data,
            TrainingRows = rows,
            ValidationRows = [.. Enumerable.Range(trainingRows, data.Rows - trainingRows)],
            Inputs = inputs.Select(varying),
            EncodesMissing = read.KeepsMissing,
            GroupNumbers = numbers,
            RoundedSlots = rounded,
            CopiedSlots = copies,
            ConstantSlots = [.. _allSlots.Where(slot => !isVarying.Contains(slot)).Order()],
        };
    }

    // Gives the rows, with indicators of the slots that have missing values on the training rows.
    private (FeatureMatrix Features, SlotInputs Inputs) Shown(ReadRows read)
    {
        FeatureMatrix values = read.Features;
        bool[] isIncomplete = read.HasMissing && use.AddsIndicators ? MissingColumns.Of(values, read.TrainingRows) : [];
        var indicated = new HashSet<int>(use.Indicated);
        indicated.UnionWith(isIncomplete.Index().Where(column => column.Item).Select(column => _allSlots[column.Index]));
        var inputs = SlotInputs.Of(_allSlots, indicated.Contains);
        return (read.HasMissing || indicated.Count > 0 ? inputs.Show(values) : values, inputs);
    }

    // A slot that shares a feature with others stays: the feature is selected as a whole.
    private Dictionary<int, int> Copies(FeatureMatrix all, int[] rows, ColumnStatistics statistics, SlotInputs inputs, int[] varying)
    {
        var featureOf = slots.Groups.Index().Where(group => group.Item.Length == 1)
            .ToDictionary(group => group.Item[0], group => group.Index);
        int[] alone = [.. varying.Where(input => !inputs.IsIndicator[input] && featureOf.ContainsKey(inputs.Slots[input]))];
        Dictionary<int, int> columnOf = alone.ToDictionary(input => inputs.Slots[input]);
        IEnumerable<int[]> families = ColumnCopies.Families(all, rows, statistics, alone)
            .Select(family => family.Select(input => inputs.Slots[input]).Order().ToArray());
        return CopiedSlots.Of(
            families, slot => terms[featureOf[slot]], slot => 1.0 / statistics.InverseDeviations[columnOf[slot]]);
    }

    private void CheckLabels(ReadOnlySpan<float> labels, LearningTask task, string labelColumn)
    {
        int classes = task.Classes ?? 1;
        context.CheckUserArg(labels.Length >= classes, nameof(DGatingTrainerOptions.LabelColumnName),
            $"Column '{labelColumn}' has {classes} classes, but there are only {labels.Length} training rows. " +
            "Give at least one row a class, or map the label to fewer classes.");
        bool isSingle = !labels.ContainsAnyExcept(labels[0]);
        context.CheckUserArg(!isSingle, nameof(DGatingTrainerOptions.LabelColumnName), task.Classes is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"Column '{labelColumn}' has the value {labels[0]} on all {labels.Length} training rows: there is nothing to predict.")
            : $"Column '{labelColumn}' shows a single class on all {labels.Length} training rows: at least two are needed. " +
                "Check the label mapping, or how the rows were split.");
    }
}
