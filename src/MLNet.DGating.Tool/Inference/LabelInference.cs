using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The inference of the learning task from the label's values.</summary>
/// <remarks>Two values make it binary, few whole numbers or repeating words multiclass, other numbers regression.</remarks>
internal static class LabelInference
{
    /// <summary>The largest number of different whole numbers that are taken for classes.</summary>
    private const int MaximumClassNumbers = 20;

    private const int MaximumClasses = 1000;

    /// <summary>Infers the task and the words that can be predicted.</summary>
    /// <param name="label">The profile of the column.</param>
    /// <param name="task">The task that the user gives; null: inferred.</param>
    /// <param name="positive">The positive one of two words; null: inferred.</param>
    /// <exception cref="ToolException">The column cannot be learnt as this task, or the positive word is none of its.</exception>
    public static LabelColumn Infer(ColumnProfile label, LearningTask? task, string? positive)
    {
        if (label.Kind == ColumnKind.Empty)
        {
            throw ToolException.Training(
                $"The label '{label.Name}' has no values: name the column that is to be predicted with --label.");
        }

        if (label is { HasManyWords: false, Words.Count: 1 } && label.NotNumbers.Count is 0 or 1)
        {
            throw ToolException.Training($"The label '{label.Name}' is '{label.Words.Keys.First()}' in every row: "
                + "there is nothing to predict. Name another column with --label.");
        }

        LearningTask chosen = task ?? TaskOf(label);
        LabelColumn column = new(label.Name, chosen, chosen switch
        {
            LearningTask.Binary => PositiveLast(label, positive),
            LearningTask.Multiclass => Classes(label),
            _ => NoWords(label),
        })
        {
            Cells = label.Reading.Cells,
        };
        return positive is null || chosen == LearningTask.Binary ? column
            : throw ToolException.Usage($"--positive is for labels of two values, and '{label.Name}' has more: leave it out.");
    }

    private static LearningTask TaskOf(ColumnProfile label) => label switch
    {
        { HasManyWords: false, Words.Count: 2 } => LearningTask.Binary,
        { Kind: ColumnKind.Numeric } when !IsFewWords(label) =>
            IsFewWholeNumbers(label) && !Counts.Are(label) ? LearningTask.Multiclass : LearningTask.Regression,
        _ => LearningTask.Multiclass,
    };

    // Words beside few numbers are classes too: 0, 1, 2, unknown.
    private static bool IsFewWords(ColumnProfile label) =>
        !label.HasManyWords && label.Words.Count <= MaximumClassNumbers && label.NotNumbers.Count > 0;

    private static bool IsFewWholeNumbers(ColumnProfile label) =>
        !label.HasManyWords && label.Words.Count <= MaximumClassNumbers
        && label.Words.Keys.All(word => int.TryParse(word, CultureInfo.InvariantCulture, out _));

    private static string[] PositiveLast(ColumnProfile label, string? positive)
    {
        if (label.HasManyWords || label.Words.Count != 2)
        {
            string count = label.HasManyWords ? "many" : $"{label.Words.Count}";
            throw ToolException.Training(
                $"The label '{label.Name}' has {count} different values, and --task binary needs two: use --task auto.");
        }

        string[] words = Ordered(label);
        // Of words that do not say it themselves, the rarer is what one looks for: fraud, not ok.
        string rarer = label.Words[words[0]] < label.Words[words[1]] ? words[0] : words[1];
        string last = positive is null ? words.FirstOrDefault(word => CellText.IsPositive(word), rarer)
            : words.Contains(positive) ? positive
            : throw ToolException.Usage($"--positive '{positive}' is no value of '{label.Name}'{Suggestion.For(positive, words)}.");
        return words[0] == last ? [words[1], words[0]] : words;
    }

    private static string[] Classes(ColumnProfile label) => !label.HasManyWords && label.Words.Count <= MaximumClasses
        ? Ordered(label)
        : throw ToolException.Training(
            $"The label '{label.Name}' has more than {MaximumClasses} different values, too many for classes: "
            + "use --task regression if they are numbers, or another --label.");

    private static string[] NoWords(ColumnProfile label)
    {
        if (label.Kind == ColumnKind.Numeric)
        {
            return [];
        }

        string word = label.NotNumbers.Keys.First();
        throw ToolException.Training(
            $"The label '{label.Name}' has words such as '{word}', not only numbers: use --task auto, or another --label.");
    }

    // Numbers are ordered by their value, words by their letters.
    private static string[] Ordered(ColumnProfile label)
    {
        string[] words = [.. label.Words.Keys.Order(StringComparer.Ordinal)];
        return words.All(word => NumberText.TryParse(word, label.Reading.Cells.Numbers, out _))
            ? [.. words.OrderBy(Number)]
            : words;

        double Number(string word) => NumberText.TryParse(word, label.Reading.Cells.Numbers, out double number) ? number : double.NaN;
    }
}
