using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The description of how a table is understood.</summary>
internal sealed class TableInspection(ToolConsole console, CancellationToken cancellation)
{
    public string? Label { get; init; }

    public required ColumnHints Columns { get; init; }

    public required ReadingHints Reading { get; init; }

    /// <summary>Reads a table, says how it is understood and, if asked, writes it plainly.</summary>
    public void Write(string path, TableHints hints, string? output, bool mayReplace)
    {
        if (output is not null)
        {
            OutputFile.Check(output, mayReplace);
        }

        var file = TableFile.Open(path, hints);
        if (Label is not null)
        {
            file.IndexOf(Label);
        }

        var table = TableProfile.Read(file, Reading with { Label = Label }, cancellation);
        LabelColumn? label = Label is null ? null : LabelInference.Infer(table[Label], null, null);
        ColumnHints asked = Columns with { Reading = Reading };
        InspectedColumn[] columns = [.. table.Columns.Select(column => InspectedColumn.Of(column, Label, asked))];
        console.Say(InferenceLines.Table(table));
        foreach (string warning in file.Warnings)
        {
            console.Note($"dgating: {warning}");
        }

        if (table.EmptyRows > 0)
        {
            console.Say(InferenceLines.EmptyRows(table));
        }

        console.Show(InspectionTable.Of(columns));
        foreach (InspectedColumn column in columns)
        {
            foreach (string note in column.Notes)
            {
                console.Say($"'{column.Name}' {note}.");
            }
        }

        Leak[] leaks = [];
        if (label is not null)
        {
            console.Say(InferenceLines.Task(label, new Models.Objective().For(label, LabelShape.Of(table[label.Name]))));
            leaks = LeakSearch.Find(table, label, ColumnChoice.Choose(table, label.Name, asked).Read);
            InferenceLines.SayLeaks(console, leaks);
        }

        if (output is not null)
        {
            PlainTable.Write(table, output);
            console.Say($"Written: {output}");
        }

        console.Result(new { table.Rows, table.EmptyRows, file.Format, Columns = columns, Label = label, Leaks = leaks, file.Warnings });
    }
}
