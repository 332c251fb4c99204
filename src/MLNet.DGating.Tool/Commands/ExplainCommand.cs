using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Explanation;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Prediction;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating explain, which says what each column adds to the score of each row.</summary>
internal sealed class ExplainCommand
{
    private const int DefaultRows = 10, DefaultTop = 5;

    private const string Help = """
        Say what each column adds to the score of each row, compared with a row at the mean of the training rows.

        The contributions of a row add up to its score less the base, which is the score of that mean row. Scores are log-odds of the
        positive of two values, of several the predicted one's before the softmax, and of a number the prediction itself.

        Examples:
          dgating explain model.zip new.csv --rows 3
          dgating explain model.zip new.csv -o explained.csv
        """;

    private readonly ToolContext _context;
    private readonly ModelArgument _model;
    private readonly Argument<string> _data = CommonOptions.Data("The table to explain:");
    private readonly Option<int?> _rows = new("--rows")
    {
        Description = $"The number of rows, from the first on. Default: {DefaultRows}; into a file all.", HelpName = "n",
    };
    private readonly Option<int> _top = new("--top")
    {
        Description = "The number of contributions to print for a row, the largest first. A file and JSON have all.", HelpName = "k",
        DefaultValueFactory = _ => DefaultTop,
    };
    private readonly Option<string> _output =
        CommonOptions.Output("A csv (.tsv: tsv; .gz: gzipped) for the contributions. Default: tables on standard output.", "out.csv");
    private readonly Option<string> _badCells = CommonOptions.BadCells();
    private readonly TableOptions _table;
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private ExplainCommand(ToolContext context, Command command)
    {
        _context = context;
        _model = new ModelArgument(command);
        command.Add(_data);
        foreach (Option option in new Option[] { _rows, _top, _output, _badCells, _force, _json })
        {
            command.Add(option);
        }

        _table = new TableOptions(command);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("explain", Help);
        _ = new ExplainCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        int top = AtLeastOne("--top", parsed.GetValue(_top));
        string? output = parsed.GetValue(_output);
        int? maximum = parsed.GetValue(_rows) is { } given ? AtLeastOne("--rows", given) : output is null ? DefaultRows : null;
        if (output is not null)
        {
            OutputFile.Check(output, parsed.GetValue(_force));
        }

        bool isJson = parsed.GetValue(_json);
        var console = new ToolConsole(_context, isJson);
        ModelFile model = _model.Load(parsed, new MLContext());
        TableHints hints = _table.Hints(parsed);
        var scored = new ScoredTable(model, TableFile.Open(parsed.GetRequiredValue(_data), hints.Like(model.Description.Source.Format)),
            parsed.GetValue(_badCells) == CommonOptions.BadCellsAreMissing);
        var run = new ExplanationRun(scored);
        IEnumerable<ExplainedRow> rows = run.Rows(maximum, _context.Cancellation);
        string[] absent = scored.UnusedAndAbsent;
        if (output is not null)
        {
            long count = Write(run.Columns, rows, output, scored.Table.Format.Encoding);
            console.Say($"{Sentence.Count(count, "row")} explained. Written: {output}");
            console.Result(new { Rows = count, Output = output, AbsentAndNotRead = absent, run.Warnings });
        }
        else if (isJson)
        {
            ExplainedRow[] all = [.. rows];
            console.Result(new { Rows = all, AbsentAndNotRead = absent, run.Warnings });
        }
        else
        {
            Print(console, model.Description.Label, rows, top);
        }

        TableNotes.Write(console, absent, [.. scored.Table.Warnings, .. run.Warnings]);
        return (int)ExitCode.Success;
    }

    private static int AtLeastOne(string option, int value) =>
        value >= 1 ? value : throw ToolException.Usage($"{option} must be at least 1, but is {value}.");

    private static void Print(ToolConsole console, LabelColumn label, IEnumerable<ExplainedRow> rows, int top)
    {
        console.Say(label.Task switch
        {
            LearningTask.Binary => $"Scores are log-odds of '{label.Positive}'.",
            LearningTask.Multiclass => "Scores are those of the predicted value, before the softmax.",
            _ => $"Scores are predictions of '{label.Name}'.",
        });
        foreach (ExplainedRow row in rows)
        {
            console.Say("");
            console.Say(ExplanationTable.Heading(row));
            console.Show(ExplanationTable.Of(row, top));
        }
    }

    private static long Write(IReadOnlyList<string> columns, IEnumerable<ExplainedRow> rows, string output, System.Text.Encoding encoding)
    {
        long count = 0;
        OutputFile.Write(output, temporary =>
        {
            using var writer = TableWriter.Create(temporary, output, encoding);
            Line(writer, ["Row", "Prediction", "Score", "Base", .. columns.Select(column => $"Contribution.{column}")]);
            foreach (ExplainedRow row in rows)
            {
                count++;
                var parts = row.Contributions.ToDictionary(part => part.Column, part => part.Contribution);
                Line(writer,
                [
                    row.Row.ToString(CultureInfo.InvariantCulture), row.Prediction, Text(row.Score), Text(row.Base),
                    .. columns.Select(column => Text(parts[column])),
                ]);
            }
        });
        return count;
    }

    private static void Line(TableWriter writer, string[] cells)
    {
        foreach (string cell in cells)
        {
            writer.Cell(cell);
        }

        writer.EndRow();
    }

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
