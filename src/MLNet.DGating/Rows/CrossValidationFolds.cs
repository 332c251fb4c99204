using MLNet.DGating.Torch.ModelSelection.Runs;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Deals rows into folds, and checks the folds.</summary>
internal static class CrossValidationFolds
{
    /// <summary>Deals the rows, so that rows of one sampling key are in the same fold.</summary>
    /// <param name="context">Throws user errors.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The sampling keys of the rows; null where every row is independent.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">The seed of the fit.</param>
    /// <exception cref="ArgumentException">There are fewer rows or keys than folds.</exception>
    public static int[][] Deal(IExceptionContext context, PreparedRows rows, SamplingKeys? keys, int folds, int seed)
    {
        context.CheckUserArg(folds <= rows.Data.Rows, nameof(folds),
            $"{rows.Data.Rows} rows cannot be dealt into {folds} folds. Give at most as many folds as there are rows; 5 or 10 are usual.");
        context.CheckUserArg(keys is null || folds <= keys.Count, nameof(folds),
            $"Column '{keys?.Column.Name}' has {keys?.Count} different sampling keys, and rows of one key stay together, " +
            $"so that {folds} folds cannot be filled. Give at most {keys?.Count} folds.");
        return rows.Data.Fold(rows.TrainingRows, folds, seed);
    }

    /// <summary>Warns of classes whose rows are all in one fold, so that the model of that fold cannot predict them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="folds">The row numbers of each fold.</param>
    /// <param name="keys">The sampling keys of the rows; null where every row is independent.</param>
    /// <param name="label">The label column, which names the classes.</param>
    /// <param name="warn">Takes one warning for each class.</param>
    public static void WarnOfMissingClasses(
        PreparedRows rows, int[][] folds, SamplingKeys? keys, DataViewSchema.Column label, Action<string> warn)
    {
        if (rows.Task.Classes is null)
        {
            return;
        }

        string severalKeys = keys is null ? "" : $", under several keys of '{keys.Column.Name}'";
        foreach (IGrouping<int, int> ofClass in rows.TrainingRows.GroupBy(row => (int)rows.Data.Targets[row]).OrderBy(group => group.Key))
        {
            int fold = Array.FindIndex(folds, fold => fold.Contains(ofClass.First()));
            if (ofClass.All(folds[fold].ToHashSet().Contains))
            {
                warn(
                    $"Class {ClassName(label, ofClass.Key)} is missing from what fold {fold + 1} of {folds.Length} is trained on: " +
                    $"all {ofClass.Count()} of its rows are held out there. " +
                    $"Give more rows of it{severalKeys}, or merge it with another class.");
            }
        }
    }

    private static string ClassName(DataViewSchema.Column label, int number)
    {
        if (label.Type is BooleanDataViewType)
        {
            return number > 0 ? "true" : "false";
        }

        if (label.HasKeyValues() && label.Annotations.Schema[AnnotationUtils.Kinds.KeyValues].Type.GetItemType() is TextDataViewType)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            label.GetKeyValues(ref names);
            return $"'{names.GetItemOrDefault(number)}'";
        }

        // Key values without names are counted from 1.
        return FormattableString.Invariant($"{number + 1}");
    }
}
