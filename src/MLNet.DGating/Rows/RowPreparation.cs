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
    /// <param name="reader">All rows, training rows first.</param>
    /// <param name="trainingRows">The number of training rows.</param>
    /// <param name="task">The task to learn.</param>
    /// <param name="labelColumn">The name of the label column, for errors.</param>
    /// <param name="balancesClasses">Whether all classes get the same total weight.</param>
    /// <param name="mergesCopies">Whether one of each family of copied slots is left.</param>
    public PreparedRows ForLabels(
        RowReader reader, int trainingRows, LearningTask task, string labelColumn, bool balancesClasses, bool mergesCopies)
    {
        float[] labels = reader.Labels;
        CheckLabels(labels.AsSpan(0, trainingRows), task, labelColumn);
        float[]? weights = reader.Weights;
        ClassFactors? factors = balancesClasses
            ? ClassFactors.Balanced(labels.AsSpan(0, trainingRows), Training(), task.Classes!.Value)
            : null;
        if (factors is not null)
        {
            weights = [.. labels.Select((label, row) => factors.Of(label) * (weights?[row] ?? 1))];
        }

        LearningTask fitted = task.FittedTo(labels.AsSpan(0, trainingRows), Training());
        PreparedRows prepared = Prepare(reader, trainingRows, weights, mergesCopies, (features, _) =>
            new TrainingSet(features.Matrix, [], weights, features.Groups, fitted));
        return (prepared with
        {
            Labels = labels,
            StreamTo = transform => reader.Stream(prepared.SlotOfInput, transform.Apply, label => factors?.Of(label) ?? 1),
        }).WithTask(fitted);

        ReadOnlySpan<float> Training() => weights is null ? [] : weights.AsSpan(0, trainingRows);
    }

    /// <summary>Prepares rows without a label, whose targets are the standardized slots themselves.</summary>
    public PreparedRows ForReconstruction(RowReader reader)
    {
        PreparedRows prepared = Prepare(reader, reader.Rows, reader.Weights, mergesCopies: false, (features, statistics) =>
            new TrainingSet(features.Matrix, [], reader.Weights, features.Groups, LearningTask.Reconstruction(features.Matrix.Columns))
            {
                TargetRows = new FeatureRows(features.Matrix, statistics.Standardization()),
            });
        return prepared with
        {
            Data = prepared.Data with { Stream = reader.Stream(prepared.SlotOfInput, label => label, _ => 1) },
        };
    }

    private PreparedRows Prepare(
        RowReader reader, int trainingRows, float[]? weights, bool mergesCopies,
        Func<(FeatureMatrix Matrix, GroupLayout Groups), ColumnStatistics, TrainingSet> create)
    {
        FeatureMatrix all = reader.ToMatrix();
        int[] rows = [.. Enumerable.Range(0, trainingRows)];
        var statistics = ColumnStatistics.Of(all, rows, weights);
        RoundedColumn[] rounded =
            [.. statistics.Rounded(all, rows).Select(column => column with { Column = _allSlots[column.Column] })];
        int[] varying =
        [
            .. Enumerable.Range(0, _allSlots.Length)
                .Where(column => !statistics.IsConstant(column) || use.Needed.Contains(_allSlots[column])),
        ];
        if (varying.Length == 0)
        {
            throw context.ExceptUserArg(nameof(DGatingTrainerOptions.FeatureColumnName),
                $"Column '{slots.ColumnName}': all {_allSlots.Length} slots have a single value on the {trainingRows} training rows, " +
                "so there is nothing to learn from. " +
                (rounded.Length > 0 ? RoundedSlots.Describe(rounded, slots) : "Check how the column is made."));
        }

        var isVarying = varying.Select(column => _allSlots[column]).ToHashSet();
        Dictionary<int, int> copies = mergesCopies ? Copies(all, rows, statistics, varying) : [];
        varying = Array.FindAll(varying, column => !copies.ContainsKey(_allSlots[column]));
        HashSet<int> isTrainedOn = [.. varying.Select(column => _allSlots[column])];
        int[] sizes = Array.ConvertAll(slots.Groups, group => group.Count(isTrainedOn.Contains));
        int[] numbers = [.. Enumerable.Range(0, sizes.Length).Where(group => sizes[group] > 0)];
        if (budget is double maximumCost)
        {
            numbers = terms.Affordable(numbers, maximumCost);
            var affordable = numbers.SelectMany(group => slots.Groups[group]).ToHashSet();
            varying = Array.FindAll(varying, column => affordable.Contains(_allSlots[column]));
        }

        FeatureMatrix features = varying.Length == _allSlots.Length ? all : all.Keep(varying);
        var groups = GroupLayout.Create(Array.ConvertAll(numbers, group => sizes[group]), Array.ConvertAll(numbers, group => terms[group]));
        ColumnStatistics ofFeatures = statistics.Select(varying);
        int[] slotOfInput = Array.ConvertAll(varying, column => _allSlots[column]);
        TrainingSet data = create((features, groups), ofFeatures);
        data.Encodings.Add(rows, ofFeatures);
        return new PreparedRows
        {
            Slots = slots,
            Data = data,
            TrainingRows = rows,
            ValidationRows = [.. Enumerable.Range(trainingRows, data.Rows - trainingRows)],
            SlotOfInput = slotOfInput,
            GroupNumbers = numbers,
            RoundedSlots = rounded,
            CopiedSlots = copies,
            ConstantSlots = [.. _allSlots.Where(slot => !isVarying.Contains(slot)).Order()],
        };
    }

    // A slot that shares a feature with others stays: the feature is selected as a whole.
    private Dictionary<int, int> Copies(FeatureMatrix all, int[] rows, ColumnStatistics statistics, int[] varying)
    {
        var featureOf = slots.Groups.Index().Where(group => group.Item.Length == 1)
            .ToDictionary(group => group.Item[0], group => group.Index);
        Dictionary<int, int> columnOf = varying.ToDictionary(column => _allSlots[column]);
        IEnumerable<int> alone = varying.Where(column => featureOf.ContainsKey(_allSlots[column]));
        IEnumerable<int[]> families = ColumnCopies.Families(all, rows, statistics, alone)
            .Select(family => family.Select(column => _allSlots[column]).Order().ToArray());
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
