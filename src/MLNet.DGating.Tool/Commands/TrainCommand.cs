using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Code;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating train, which trains a model on a table.</summary>
internal sealed class TrainCommand
{
    private const string Help = """
        Train a model on a table and save it.

        Columns and their types are inferred, missing values replaced and indicated, categories encoded, and the model keeps the features
        it needs. Ctrl+C stops the training and keeps the best model so far.

        Examples:
          dgating train adult.csv --label income
          dgating train trips.csv.gz --label fare --features 3 --ignore vendor -o fare.zip
          dgating train churn.parquet --label churned --test may.parquet --code Churn
          dgating train trips.csv --label fare --quantiles 0.05 0.5 0.95
          dgating train may.csv --label churned --continue churn.zip -o churn-may.zip
        """;

    private const double DefaultSplit = 0.2;

    private readonly ToolContext _context;
    private readonly LearningOptions _learning;
    private readonly Option<string> _test = new("--test")
    {
        Description = "A table to test the model on, with the same columns.", HelpName = "file",
    };
    private readonly Option<double?> _split = new("--split")
    {
        Description = "The part of the rows that is held out to test the model on; 0 for none. Default: 0.2, or none with --test.",
        HelpName = "part",
    };
    private readonly Option<string> _output = CommonOptions.Output("Where the model goes.", "model.zip");
    private readonly Option<string> _report = new("--report")
    {
        Description = "Where the page about the training goes. Default: the model's name with .html.", HelpName = "report.html",
    };
    private readonly Option<string> _code = new("--code")
    {
        Description = "A folder for the model's C#, as dgating code writes it.", HelpName = "folder",
    };
    private readonly ContinueOption _continue;
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private TrainCommand(ToolContext context, Command command)
    {
        _context = context;
        _learning = new LearningOptions(command);
        _continue = new ContinueOption(command);
        _output.DefaultValueFactory = _ => "model.zip";
        foreach (Option option in new Option[] { _test, _split, _output, _report, _code, _force, _json })
        {
            command.Add(option);
        }

        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("train", Help);
        _ = new TrainCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string output = parsed.GetValue(_output)!;
        string page = parsed.GetValue(_report) ?? Path.ChangeExtension(output, ".html");
        string? codeFolder = parsed.GetValue(_code);
        OutputFile.Check(output, parsed.GetValue(_force));
        OutputFile.Check(page, parsed.GetValue(_force));
        if (codeFolder is not null)
        {
            CodeFiles.Check(codeFolder, output, parsed.GetValue(_force));
        }

        double split = Split(parsed);
        ModelFile? previous = _continue.Load(parsed, _learning.Label(parsed));
        TrainingRequest request = previous is null
            ? _learning.Request(parsed, console, _context.Cancellation)
            : _learning.Request(parsed, previous.Description, _context.Cancellation);
        request = request with
        {
            Split = split,
            TestFile = parsed.GetValue(_test) is { } test ? TableFile.Open(test, _learning.Hints(parsed)) : null,
        };
        MLContext mlContext = console.CreateMLContext(request.Seed);
        TrainedModel trained = previous is null
            ? console.Training(progress => TrainingRun.Run(mlContext, request, progress, _context.Cancellation))
            : Continue(console, new ContinuedRun(mlContext, request, previous), _continue.FileName(parsed));
        ModelFile.Save(output, mlContext, trained);
        OutputFile.Write(page, temporary => File.WriteAllText(temporary, trained.Page));
        string[] code = codeFolder is null ? [] : CodeFiles.Write(codeFolder, output, trained.Description);
        InferenceLines.SayLoss(console, request.Objective, trained.Description);
        Report(console, trained.Description, [output, page, .. code]);
        return (int)ExitCode.Success;
    }

    private TrainedModel Continue(ToolConsole console, ContinuedRun run, string model)
    {
        foreach (string warning in run.Check())
        {
            console.Note($"dgating: {warning}");
        }

        console.Say($"Going on from {model}: its columns, features and settings stay.");
        return console.Training(progress => run.Run(model, progress, _context.Cancellation));
    }

    private double Split(ParseResult parsed)
    {
        bool hasTest = parsed.GetValue(_test) is not null;
        double split = parsed.GetValue(_split) ?? (hasTest ? 0 : DefaultSplit);
        if (!(split >= 0 && split <= 0.9))
        {
            throw ToolException.Usage($"--split must be from 0 to 0.9, but was {split}.");
        }

        if (split > 0 && hasTest)
        {
            throw ToolException.Usage("--split and --test contradict each other: give one of them.");
        }

        return split;
    }

    private static void Report(ToolConsole console, ModelDescription model, string[] files)
    {
        if (!model.Training.IsComplete)
        {
            console.Note("dgating: stopped; the model is the best that was found so far.");
        }

        console.Say("");
        console.Say(ModelTables.Selected(model));
        console.Show(ModelTables.Features(model));
        foreach (string line in ModelTables.Copies(model))
        {
            console.Say(line);
        }

        if (model.Metrics.Count > 0)
        {
            console.Say(ModelTables.TestRows(model));
            console.Show(ModelTables.Metrics(model));
        }
        if (model.Classes.Count > 0)
        {
            console.Show(ModelTables.Classes(model));
            string[] untested = [.. model.Classes.Where(one => one.TestRows == 0).Select(one => one.Word)];
            if (untested.Length > 0)
            {
                console.Note($"dgating: no test row is of {Sentence.List(untested)}: the test says nothing about "
                    + (untested.Length == 1 ? "it." : "them."));
            }
        }

        if (model.Metrics.Count == 0 && model.Training.TestRows > 0)
        {
            console.Note($"dgating: the {Sentence.Count(model.Training.TestRows, "test row")} have one class only, "
                + "so there are no test results: give a larger --split.");
        }

        foreach (string file in files)
        {
            console.Say($"Written: {file}");
        }

        console.Result(new
        {
            Files = files,
            Cancelled = !model.Training.IsComplete,
            model.Label,
            model.Training,
            model.Metrics,
            model.Classes,
            model.Copies,
            model.IsBetterThanConstant,
            SelectedFeatures = model.Features.Where(feature => feature.IsSelected),
            UsedColumns = model.UsedColumns.Select(column => column.Name),
            model.LeftOut,
        });
    }
}
