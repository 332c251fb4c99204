using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating select, which finds the columns that a prediction needs.</summary>
internal sealed class SelectCommand
{
    private const string Help = """
        Find the columns that predict a label, for use with any other tool.

        Prints them, the most important first; with -o also writes the table with these columns and the label only, values as they were.
        All rows say which columns are needed, unless a test is asked for: --folds 5 also says how well what is selected so predicts rows
        that had no say.

        Examples:
          dgating select adult.csv --label income
          dgating select adult.csv --label income --features 5 -o reduced.csv
          dgating select genes.csv --label tumour --folds 5
        """;

    private readonly ToolContext _context;
    private readonly LearningOptions _learning;
    private readonly TestOptions _tests;
    private readonly Option<string> _output =
        CommonOptions.Output("A csv (.tsv: tsv; .gz: gzipped) for the label and the columns that were selected.", "reduced.csv");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private SelectCommand(ToolContext context, Command command)
    {
        _context = context;
        _learning = new LearningOptions(command);
        _tests = new TestOptions(command, isAskedFor: true);
        command.Add(_output);
        command.Add(_force);
        command.Add(_json);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("select", Help);
        _ = new SelectCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string? output = parsed.GetValue(_output);
        if (output is not null)
        {
            OutputFile.Check(output, parsed.GetValue(_force));
        }

        _tests.Check(parsed);
        TrainingRequest request = _learning.Request(parsed, console, _context.Cancellation) with
        {
            Executor = _learning.Cluster(parsed, _context),
        };
        request = _tests.Apply(parsed, request, _learning.Hints(parsed));
        MLContext mlContext = console.CreateMLContext(request.Seed);
        TrainedModel trained =
            console.Training(progress => TrainingRun.Run(mlContext, request, progress, _context.Cancellation)).Trained;
        if (!_context.WritesFiles)
        {
            return (int)ExitCode.Success;
        }

        ModelDescription model = trained.Description;
        InferenceLines.SayLoss(console, request.Objective, model);
        if (!model.Training.IsComplete)
        {
            console.Note("dgating: stopped; the selection is the best that was found so far.");
        }

        SelectionLines.Say(console, model);
        foreach (string line in ModelTables.Copies(model))
        {
            console.Say(line);
        }

        SelectionLines.SayCosts(console, model);
        TestLines.Say(console, model);
        if (request.Test is null)
        {
            console.Say("All rows had a say in the selection, also by their part in the choice of the count. How well it predicts others: "
                + "--folds 5.");
        }

        string[] columns = [.. model.UsedColumns.Select(column => column.Name)];
        if (output is not null)
        {
            ReducedTable.Write(request.Table.File, columns.Append(request.Label.Name), output);
            console.Say($"Written: {output}");
        }

        console.Result(new
        {
            Columns = columns,
            Features = model.Features.Where(feature => feature.IsSelected),
            model.Pairs,
            model.Candidates,
            model.Metrics,
            model.Training.Test,
            Cancelled = !model.Training.IsComplete,
            Output = output,
        });
        return (int)ExitCode.Success;
    }
}
