using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Prediction;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating predict, which writes a table with the predictions of a model.</summary>
internal sealed class PredictCommand
{
    private const string Help = """
        Predict every row of a table with a model.

        Writes the table with a column Prediction, in the label's own words, and Probability columns. Columns that the model does
        not read may be absent.

        Examples:
          dgating predict model.zip new.csv -o predicted.csv
          dgating predict model.zip new.csv.gz --predictions-only > predicted.csv
        """;

    private readonly ToolContext _context;
    private readonly ModelArgument _model;
    private readonly Argument<string> _data = CommonOptions.Data("The table to predict:");
    private readonly Option<string> _output =
        CommonOptions.Output("A csv (.tsv: tsv; .gz: gzipped) for the predictions. Default: standard output, as csv.", "out.csv");
    private readonly Option<bool> _only = new("--predictions-only")
    {
        Description = "Write the predictions without the table's own columns.",
    };
    private readonly Option<string> _badCells = CommonOptions.BadCells();
    private readonly TableOptions _table;
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private PredictCommand(ToolContext context, Command command)
    {
        _context = context;
        _model = new ModelArgument(command);
        command.Add(_data);
        foreach (Option option in new Option[] { _output, _only, _badCells, _force, _json })
        {
            command.Add(option);
        }

        _table = new TableOptions(command);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("predict", Help);
        _ = new PredictCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        bool isJson = parsed.GetValue(_json);
        string? output = parsed.GetValue(_output);
        if (isJson && output is null)
        {
            throw ToolException.Usage("--json needs -o: predictions and the JSON object cannot both be on standard output.");
        }

        if (output is not null)
        {
            OutputFile.Check(output, parsed.GetValue(_force));
        }

        var console = new ToolConsole(_context, isJson);
        ModelFile model = _model.Load(parsed, new MLContext());
        TableHints hints = _table.Hints(parsed);
        var scored = new ScoredTable(model, TableFile.Open(parsed.GetRequiredValue(_data), hints.Like(model.Description.Source.Format)),
            parsed.GetValue(_badCells) == CommonOptions.BadCellsAreMissing);
        var run = new PredictionRun(scored);
        long rows = Write(run, output, parsed.GetValue(_only));
        if (output is not null)
        {
            console.Say($"{Sentence.Count(rows, "row")} predicted. Written: {output}");
        }

        string[] absent = scored.UnusedAndAbsent;
        TableNotes.Write(console, absent, run.Warnings);
        console.Result(new { Rows = rows, Output = output, AbsentAndNotRead = absent, Warnings = run.Warnings });
        return (int)ExitCode.Success;
    }

    private long Write(PredictionRun run, string? output, bool predictionsOnly)
    {
        if (output is null)
        {
            using var writer = new TableWriter(_context.Output, ',', leaveOpen: true);
            return run.Write(writer, predictionsOnly, _context.Cancellation);
        }

        long rows = 0;
        OutputFile.Write(output, temporary =>
        {
            using var writer = TableWriter.Create(temporary, output, run.Table.Format.Encoding);
            rows = run.Write(writer, predictionsOnly, _context.Cancellation);
        });
        return rows;
    }
}
