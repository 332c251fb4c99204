using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The lines that tell what was inferred, before it is used.</summary>
internal static class InferenceLines
{
    private const int MostLeaks = 10;

    public static void Say(
        ToolConsole console, TableProfile table, LabelColumn label, Objective objective, ModelColumn[] read, LeftOutColumn[] leftOut)
    {
        console.Say(Table(table));
        foreach (string warning in table.File.Warnings)
        {
            console.Note($"dgating: {warning}");
        }

        if (table.EmptyRows > 0)
        {
            console.Say(EmptyRows(table));
        }

        console.Say(Task(label, objective));
        if (table[label.Name].Reading.Missing is > 0 and var missing)
        {
            console.Say($"{Sentence.Count(missing, "row")} without a label left out.");
        }

        if (label.Task == LearningTask.Regression && LabelOutliers.Describe(table.File, table[label.Name]) is { } outliers)
        {
            bool areLeftOut = label.Cells is not { Lowest: null, Highest: null };
            console.Note($"dgating: {outliers} " + (areLeftOut
                ? "They are left out of training and test; --keep-outliers keeps them, with --loss huber, which they hardly move."
                : "They are learnt from."));
        }

        if (label.Centre is { } centre)
        {
            SayCentre(console, table[label.Name], centre);
        }

        string encodings = string.Join(", ", read.GroupBy(column => column.Encoding).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Words(group.Key)}"));
        console.Say($"Features are made of {Sentence.Count(read.Length, "column")}: {encodings}.");
        foreach (ModelColumn column in read)
        {
            foreach (string note in ColumnNotes.Of(table[column.Name], column.Encoding))
            {
                console.Say($"'{column.Name}' {note}.");
            }
        }

        SayLeaks(console, LeakSearch.Find(table, label, read));
        foreach (LeftOutColumn column in leftOut)
        {
            console.Say($"'{column.Name}' is left out: {column.Reason}.");
        }
    }

    /// <summary>Names the columns that say the label nearly alone, as far as there are few.</summary>
    public static void SayLeaks(ToolConsole console, Leak[] leaks)
    {
        foreach (Leak leak in leaks.Take(MostLeaks))
        {
            console.Note($"dgating: {leak.Reason}" + (leak.Reason.EndsWith('?') ? "" : "."));
        }

        if (leaks.Length > MostLeaks)
        {
            console.Note($"dgating: {Sentence.Count(leaks.Length - MostLeaks, "further column")} also tell the label nearly alone.");
        }
    }

    /// <summary>Returns a line about the size and the format of a table.</summary>
    public static string Table(TableProfile table)
    {
        string rows = Sentence.Count(table.Rows, "row"), columns = Sentence.Count(table.Columns.Count, "column");
        return $"{table.File.Name}: {rows}, {columns}{Format(table.File.Format)}.";
    }

    public static string EmptyRows(TableProfile table) => $"{Sentence.Count(table.EmptyRows, "row")} without any value skipped.";

    /// <summary>Returns a line about what the label asks for.</summary>
    public static string Task(LabelColumn label, Objective objective) => label.Task switch
    {
        LearningTask.Binary => $"Binary classification: '{label.Name}' is '{label.Negative}' or '{label.Positive}', "
            + $"and the probability is that of '{label.Positive}'.",
        LearningTask.Multiclass => $"Multiclass classification: '{label.Name}' is one of {Sentence.List(label.Words)}.",
        _ when objective is { Loss: { } loss, IsChosen: false } => $"Regression: '{label.Name}' {Shape(loss)}; --loss squared overrules.",
        _ => $"Regression: '{label.Name}' is a number.",
    };

    /// <summary>Says that a loss was given up which the label's values had suggested.</summary>
    public static void SayLoss(ToolConsole console, Objective asked, ModelDescription model)
    {
        if (asked.Loss != model.Objective.Loss)
        {
            console.Note($"dgating: nothing was found with the loss {asked.Loss}, which the label's values suggest; "
                + "the model is of the squared error.");
        }
    }

    private static void SayCentre(ToolConsole console, ColumnProfile label, double centre)
    {
        double deviation = Math.Sqrt(label.Numbers(label.Reading.Cells.Numbers).Variance);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"'{label.Name}' varies by {Rounded(deviation)} only around {centre}, so {centre} is taken away before it is learnt");
        if (label.Reading.Cells.IsDouble)
        {
            float single = Math.Abs((float)centre);
            double step = Rounded(MathF.BitIncrement(single) - single);
            console.Note(string.Create(CultureInfo.InvariantCulture,
                $"dgating: {text}; the Score of the model has steps of {step}, its Prediction is exact."));
        }
        else
        {
            console.Say($"{text}, in double precision.");
        }
    }

    private static double Rounded(double number) =>
        double.Parse(number.ToString("e2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Shape(DGatingRegressionLoss loss) => loss switch
    {
        DGatingRegressionLoss.Poisson => "is a count, so the loss is Poisson's",
        DGatingRegressionLoss.Gamma => "is skewed and above 0, so the loss is Gamma's, and predictions are above 0",
        _ => "has values far from all others, so the loss is Huber's, which they hardly move",
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

    private static string Words(ColumnEncoding encoding) => encoding switch
    {
        ColumnEncoding.Number => "of numbers",
        ColumnEncoding.OneHot => "of categories",
        ColumnEncoding.Hash => "of categories with many values",
        ColumnEncoding.Date => "of dates",
        _ => "of text",
    };
}
