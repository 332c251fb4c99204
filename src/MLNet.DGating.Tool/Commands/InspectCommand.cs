using System.CommandLine;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Commands;

/// <summary>dgating inspect: what a model is.</summary>
internal sealed class InspectCommand
{
    private readonly ToolContext _context;
    private readonly Argument<string> _model = CommonOptions.Model();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private InspectCommand(ToolContext context, Command command)
    {
        _context = context;
        command.Add(_model);
        command.Add(_json);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("inspect", """
            Say what a model is: what it predicts and from which columns, which features it kept and which it dropped, how good it is.

            Examples:
              dgating inspect model.zip
              dgating inspect model.zip --json
            """);
        _ = new InspectCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string path = parsed.GetRequiredValue(_model);
        ModelDescription model = ModelFile.Describe(path);
        string words = model.Label.Words.Count > 0 ? $" ({Sentence.List(model.Label.Words)})" : "";
        console.Say($"{Path.GetFileName(path)} predicts '{model.Label.Name}'{words}: {model.Label.Task.ToString().ToLowerInvariant()}.");
        console.Say($"Trained on {Sentence.Count(model.Training.Rows, "row")} of {model.Source.File}, seed {model.Training.Seed}{(model.Training.IsComplete ? "" : "; stopped before the end")}.");
        console.Say("");
        console.Say(ModelTables.Selected(model));
        console.Show(ModelTables.Features(model));
        console.Show(ModelTables.Columns(model));
        if (model.Metrics.Count > 0)
        {
            console.Say($"On {Sentence.Count(model.Training.TestRows, "row")} that {(model.Training.TestRows == 1 ? "was" : "were")} not trained on:");
            console.Show(ModelTables.Metrics(model));
        }

        console.Say("What each count of features costs, on held-out rows:");
        console.Show(ModelTables.Candidates(model));
        console.Result(model);
        return (int)ExitCode.Success;
    }
}
