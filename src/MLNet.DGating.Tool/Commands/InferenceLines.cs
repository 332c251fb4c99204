using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The lines that tell what was inferred, before it is used.</summary>
internal static class InferenceLines
{
    public static void Say(
        ToolConsole console, TableProfile table, LabelColumn label, ModelColumn[] read, LeftOutColumn[] leftOut)
    {
        string name = Path.GetFileName(table.File.Path);
        string rows = Sentence.Count(table.Rows, "row"), columns = Sentence.Count(table.Columns.Count, "column");
        console.Say($"{name}: {rows}, {columns}{Format(table.File.Format)}.");
        console.Say(Task(label));
        if (table[label.Name].Missing is > 0 and var missing)
        {
            console.Say($"{Sentence.Count(missing, "row")} without a label left out.");
        }

        string encodings = string.Join(", ", read.GroupBy(column => column.Encoding).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Words(group.Key)}"));
        console.Say($"Features are made of {Sentence.Count(read.Length, "column")}: {encodings}.");
        foreach (LeftOutColumn column in leftOut)
        {
            console.Say($"'{column.Name}' is left out: {column.Reason}.");
        }
    }

    private static string Task(LabelColumn label) => label.Task switch
    {
        LearningTask.Binary => $"Binary classification: '{label.Name}' is '{label.Negative}' or '{label.Positive}', "
            + $"and the probability is that of '{label.Positive}'.",
        LearningTask.Multiclass => $"Multiclass classification: '{label.Name}' is one of {Sentence.List(label.Words)}.",
        _ => $"Regression: '{label.Name}' is a number.",
    };

    private static string Format(TableFormat format)
    {
        if (format.IsParquet)
        {
            return ", parquet";
        }

        string separator = format.Separator == '\t' ? "tabs" : $"'{format.Separator}'";
        return $", separated by {separator}, {(format.HasHeader ? "with" : "without")} a header";
    }

    private static string Words(Encoding encoding) => encoding switch
    {
        Encoding.Number => "of numbers",
        Encoding.OneHot => "of categories",
        Encoding.Hash => "of categories with many values",
        Encoding.Date => "of dates",
        _ => "of text",
    };
}
