using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Commands;

/// <summary>What was inferred, said before it is used.</summary>
internal static class InferenceLines
{
    public static void Say(ToolConsole console, TableProfile table, LabelColumn label, ModelColumn[] read, LeftOutColumn[] leftOut)
    {
        console.Say($"{Path.GetFileName(table.File.Path)}: {Sentence.Count(table.Rows, "row")}, {Sentence.Count(table.Columns.Count, "column")}{Written(table.File.Format)}.");
        console.Say(label.Task switch
        {
            LearningTask.Binary => $"Binary classification: '{label.Name}' is '{label.Negative}' or '{label.Positive}', and the probability is that of '{label.Positive}'.",
            LearningTask.Multiclass => $"Multiclass classification: '{label.Name}' is one of {Sentence.List(label.Words)}.",
            _ => $"Regression: '{label.Name}' is a number.",
        });
        if (table[label.Name].Missing is > 0 and var missing)
        {
            console.Say($"{Sentence.Count(missing, "row")} without a label left out.");
        }

        console.Say($"Features are made of {Sentence.Count(read.Length, "column")}: {string.Join(", ", read.GroupBy(column => column.Encoding).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}"))}.");
        foreach (LeftOutColumn column in leftOut)
        {
            console.Say($"'{column.Name}' is left out: {column.Reason}.");
        }
    }

    private static string Written(TableFormat format) => format.IsParquet ? ", parquet"
        : $", separated by {(format.Separator == '\t' ? "tabs" : $"'{format.Separator}'")}, {(format.HasHeader ? "with" : "without")} a header";

    private static string Words(Encoding encoding) => encoding switch
    {
        Encoding.Number => "of numbers",
        Encoding.OneHot => "of categories",
        Encoding.Hash => "of categories with many values",
        Encoding.Date => "of dates",
        _ => "of text",
    };
}
