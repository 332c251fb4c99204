using MLNet.DGating.Torch.ModelSelection.Runs;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Rows dealt into folds, after everything that can be wrong with them has been looked at.</summary>
internal static class CrossValidationFolds
{
    /// <exception cref="ArgumentException">There are fewer rows or keys than folds.</exception>
    public static int[][] Deal(IExceptionContext context, PreparedRows rows, SamplingKeys? keys, int folds, int seed)
    {
        context.CheckUserArg(folds <= rows.Data.Rows, nameof(folds),
            $"{rows.Data.Rows} rows cannot be dealt into {folds} folds. Give at most as many folds as there are rows; 5 or 10 are usual.");
        context.CheckUserArg(keys is null || folds <= keys.Count, nameof(folds),
            $"Column '{keys?.Column.Name}' has {keys?.Count} different sampling keys, and rows of one key stay together, " +
            $"so that {folds} folds cannot be filled. Give at most {keys?.Count} folds.");
        int[]? keyOf = keys?.OfRows;
        return rows.Data.Fold(rows.TrainingRows, keyOf is null ? null : row => keyOf[row], folds, seed);
    }

    /// <summary>Warns of classes that a fold has no rows of to train on: its model cannot know them.</summary>
    public static void WarnOfMissingClasses(PreparedRows rows, int[][] folds, SamplingKeys? keys, DataViewSchema.Column label, Action<string> warn)
    {
        if (rows.Task.Classes is null)
        {
            return;
        }

        foreach (IGrouping<int, int> ofClass in rows.TrainingRows.GroupBy(row => (int)rows.Data.Targets[row]).OrderBy(group => group.Key))
        {
            int fold = Array.FindIndex(folds, fold => fold.Contains(ofClass.First()));
            if (ofClass.All(folds[fold].ToHashSet().Contains))
            {
                warn($"Class {ClassName(label, ofClass.Key)} is missing from what fold {fold + 1} of {folds.Length} is trained on: all {ofClass.Count()} of its rows are held out there. " +
                    $"Give more rows of it{(keys is null ? "" : $", under several keys of '{keys.Column.Name}'")}, or merge it with another class.");
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

        // Keys without names count from 1.
        return FormattableString.Invariant($"{number + 1}");
    }
}
