using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Rows ready for the engine: constant slots taken out, labels coded, everything checked that can be before training.</summary>
internal sealed class PreparedRows
{
    private PreparedRows(TrainingSet data, int trainingRows, int[] slotOfColumn, int[] groupNumbers, int[] constantSlots, LabelCoding labels)
    {
        Data = data;
        TrainingRows = [.. Enumerable.Range(0, trainingRows)];
        ValidationRows = [.. Enumerable.Range(trainingRows, data.Rows - trainingRows)];
        SlotOfColumn = slotOfColumn;
        GroupNumbers = groupNumbers;
        ConstantSlots = constantSlots;
        Labels = labels;
    }

    public TrainingSet Data { get; }

    public int[] TrainingRows { get; }

    public int[] ValidationRows { get; }

    /// <summary>The slot of each column of the design matrix.</summary>
    public int[] SlotOfColumn { get; }

    /// <summary>The number of each group of the training set among all groups; groups that are wholly constant, or too dear, are not in it.</summary>
    public int[] GroupNumbers { get; }

    public int[] ConstantSlots { get; }

    /// <summary>The coding, with the scale of the labels seen.</summary>
    public LabelCoding Labels { get; }

    /// <param name="context">Throws user errors.</param>
    /// <param name="rows">All rows, training rows first.</param>
    /// <param name="trainingRows">How many of them are for training.</param>
    /// <param name="groups">A partition of the slots, in the order of the rows' columns.</param>
    /// <param name="terms">What the user said of each group.</param>
    /// <param name="budget">What the selection may cost; null where costs do not end it.</param>
    /// <param name="coding">The task's coding.</param>
    /// <param name="featureColumn">Named in errors.</param>
    /// <param name="labelColumn">Named in errors.</param>
    public static PreparedRows Create(IExceptionContext context, RowReader rows, int trainingRows, int[][] groups, FeatureTerms terms, double? budget, LabelCoding coding, string featureColumn, string labelColumn)
    {
        float[] labels = rows.Labels;
        CheckLabels(context, labels.AsSpan(0, trainingRows), coding, labelColumn);
        (float[] targets, LabelCoding scaled) = Code(labels, rows.Weights, trainingRows, coding);
        return Create(context, rows, trainingRows, groups, terms, budget, featureColumn, (_, _) => new Prediction(scaled, targets, null));
    }

    /// <summary>Without a label: the slots themselves, standardized, are what is to be predicted.</summary>
    public static PreparedRows CreateForReconstruction(IExceptionContext context, RowReader rows, int[][] groups, string featureColumn) =>
        Create(context, rows, rows.Rows, groups, terms: null, budget: null, featureColumn, (features, scaling) =>
            new Prediction(LabelCoding.Slots(features.Columns), [], new FeatureRows(features, scaling)));

    private static PreparedRows Create(
        IExceptionContext context, RowReader rows, int trainingRows, int[][] groups, FeatureTerms? terms, double? budget,
        string featureColumn, Func<FeatureMatrix, ColumnScaling, Prediction> predict)
    {
        int[] allSlots = [.. groups.SelectMany(group => group)];
        FeatureMatrix all = rows.ToMatrix();
        ColumnScaling scaling = ColumnScaling.Compute(all, [.. Enumerable.Range(0, trainingRows)], rows.Weights);
        int[] varying = [.. Enumerable.Range(0, allSlots.Length).Where(column => !scaling.IsConstant(column))];
        if (varying.Length == 0)
        {
            throw context.ExceptUserArg(nameof(DGatingTrainerOptions.FeatureColumnName),
                $"Column '{featureColumn}': all {allSlots.Length} slots have a single value on the {trainingRows} training rows, so there is nothing to learn from. Check how the column is made.");
        }

        var isVarying = varying.Select(column => allSlots[column]).ToHashSet();
        int[] sizes = Array.ConvertAll(groups, group => group.Count(isVarying.Contains));
        int[] numbers = [.. Enumerable.Range(0, groups.Length).Where(group => sizes[group] > 0)];
        if (budget is double maximumCost)
        {
            numbers = terms!.Affordable(numbers, maximumCost);
            var affordable = numbers.SelectMany(group => groups[group]).ToHashSet();
            varying = Array.FindAll(varying, column => affordable.Contains(allSlots[column]));
        }

        FeatureMatrix features = varying.Length == allSlots.Length ? all : all.Keep(varying);
        Prediction prediction = predict(features, scaling.Select(varying));
        int[] slotOfColumn = Array.ConvertAll(varying, column => allSlots[column]);
        GroupTerms[] termsOfGroups = Array.ConvertAll(numbers, group => terms?[group] ?? GroupTerms.Ordinary);
        return new PreparedRows(
            new TrainingSet(features, prediction.Targets, rows.Weights, GroupLayout.Create(Array.ConvertAll(numbers, group => sizes[group]), termsOfGroups))
            {
                TargetRows = prediction.TargetRows,
                Stream = rows.Stream(slotOfColumn, prediction.Coding.TargetOf),
            },
            trainingRows,
            slotOfColumn,
            numbers,
            [.. allSlots.Where(slot => !isVarying.Contains(slot)).Order()],
            prediction.Coding);
    }

    private static void CheckLabels(IExceptionContext context, ReadOnlySpan<float> labels, LabelCoding coding, string labelColumn)
    {
        int classes = coding.Loss.Outputs;
        context.CheckUserArg(labels.Length >= classes, nameof(DGatingTrainerOptions.LabelColumnName),
            $"Column '{labelColumn}' has {classes} classes, but there are only {labels.Length} training rows. Give at least one row a class, or map the label to fewer classes.");
        bool isSingle = !labels.ContainsAnyExcept(labels[0]);
        context.CheckUserArg(!isSingle, nameof(DGatingTrainerOptions.LabelColumnName), coding.IsNumber
            ? FormattableString.Invariant($"Column '{labelColumn}' has the value {labels[0]} on all {labels.Length} training rows: there is nothing to predict.")
            : $"Column '{labelColumn}' shows a single class on all {labels.Length} training rows: at least two are needed. Check the label mapping, or how the rows were split.");
    }

    private static (float[] Targets, LabelCoding Coding) Code(float[] labels, float[]? weights, int trainingRows, LabelCoding coding)
    {
        if (!coding.IsNumber)
        {
            return (labels, coding);
        }

        double total = 0, sum = 0, squares = 0;
        for (int row = 0; row < trainingRows; row++)
        {
            double weight = weights?[row] ?? 1;
            total += weight;
            sum += weight * labels[row];
        }

        double mean = sum / total;
        for (int row = 0; row < trainingRows; row++)
        {
            squares += (weights?[row] ?? 1) * (labels[row] - mean) * (labels[row] - mean);
        }

        LabelCoding scaled = coding with { Mean = mean, Deviation = Math.Sqrt(squares / total) };
        return (Array.ConvertAll(labels, scaled.TargetOf), scaled);
    }

    private sealed record Prediction(LabelCoding Coding, float[] Targets, FeatureRows? TargetRows);
}
