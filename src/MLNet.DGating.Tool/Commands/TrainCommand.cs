using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Code;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Reporting;
using MLNet.DGating.Tool.Training;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating train, which trains a model on a table.</summary>
internal sealed class TrainCommand
{
    private const string Help = """
        Train a model on a table and save it.

        Columns and their types are inferred, missing values replaced and indicated, categories encoded, and the model keeps the features
        it needs. Ctrl+C stops the training and keeps the best model so far. A long training keeps a checkpoint beside the model until that
        is written; --resume goes on from it.

        Examples:
          dgating train adult.csv --label income
          dgating train trips.csv.gz --label fare --features 3 --ignore vendor -o fare.zip
          dgating train churn.parquet --label churned --test may.parquet --code Churn
          dgating train trips.csv --label fare --quantiles 0.05 0.5 0.95
          dgating train churn.csv --label churned --time month --threshold cost=1:5
          dgating train houses.csv --label price --networks 8
          dgating train may.csv --label churned --continue churn.zip -o churn-may.zip
        """;

    private readonly ToolContext _context;
    private readonly LearningOptions _learning;
    private readonly TestOptions _tests;
    private readonly Option<string> _output = CommonOptions.Output("Where the model goes.", "model.zip");
    private readonly Option<string> _report = new("--report")
    {
        Description = "Where the page about the training goes. Default: the model's name with .html.", HelpName = "report.html",
    };
    private readonly Option<string> _code = new("--code")
    {
        Description = "A folder for the model's C#, as dgating code writes it.", HelpName = "folder",
    };
    private readonly NetworksOption _networks;
    private readonly ContinueOption _continue;
    private readonly ResumeOption _resume;
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private TrainCommand(ToolContext context, Command command)
    {
        _context = context;
        _learning = new LearningOptions(command);
        _tests = new TestOptions(command);
        _networks = new NetworksOption(command);
        _continue = new ContinueOption(command);
        _resume = new ResumeOption(command);
        _output.DefaultValueFactory = _ => "model.zip";
        foreach (Option option in new Option[] { _output, _report, _code, _force, _json })
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

        _tests.Check(parsed);
        ModelFile? previous = _continue.Load(parsed, _learning.Label(parsed));
        TrainingRequest request = previous is null
            ? _learning.Request(parsed, console, _context.Cancellation) with { Networks = _networks.Read(parsed) }
            : _learning.Request(parsed, previous.Description, _context.Cancellation);
        FitCheckpoint? checkpoint = _resume.Begin(parsed, output, _context, console);
        request = _tests.Apply(
            parsed, request with { Executor = _learning.Cluster(parsed, _context), Checkpoint = checkpoint }, _learning.Hints(parsed));
        MLContext mlContext = console.CreateMLContext(request.Seed);
        TrainingOutcome outcome = previous is null
            ? console.Training(progress => TrainingRun.Run(mlContext, request, progress, _context.Cancellation))
            : Continue(console, new ContinuedRun(mlContext, request, previous), _continue.FileName(parsed));
        if (!_context.WritesFiles)
        {
            return (int)ExitCode.Success;
        }

        TrainedModel trained = outcome.Trained;
        string html = ModelReport.Write(mlContext, outcome, _context.Cancellation);
        ModelFile.Save(output, mlContext, trained, html);
        OutputFile.Write(page, temporary => File.WriteAllText(temporary, html));
        string[] code = codeFolder is null ? [] : CodeFiles.Write(codeFolder, output, trained.Description);
        ResumeOption.End(checkpoint, trained.Description.Training.IsComplete);
        InferenceLines.SayLoss(console, request.Objective, trained.Description);
        Report(console, trained.Description, [output, page, .. code]);
        return (int)ExitCode.Success;
    }

    private TrainingOutcome Continue(ToolConsole console, ContinuedRun run, string model)
    {
        foreach (string warning in run.Check())
        {
            console.Note($"dgating: {warning}");
        }

        console.Say($"Going on from {model}: its columns, features and settings stay.");
        return console.Training(progress => run.Run(model, progress, _context.Cancellation));
    }

    private static void Report(ToolConsole console, ModelDescription model, string[] files)
    {
        if (!model.Training.IsComplete)
        {
            console.Note("dgating: stopped; the model is the best that was found so far.");
        }

        SelectionLines.Say(console, model);
        foreach (string line in ModelTables.Copies(model))
        {
            console.Say(line);
        }

        TestLines.Say(console, model);
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
            model.Threshold,
            model.Copies,
            model.Pairs,
            model.IsBetterThanConstant,
            SelectedFeatures = model.Features.Where(feature => feature.IsSelected),
            UsedColumns = model.UsedColumns.Select(column => column.Name),
            model.LeftOut,
        });
    }
}
