using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating inspect, which describes a model.</summary>
internal sealed class InspectCommand
{
    private const string Help = """
        Say what a model is: what it predicts and from which columns, which features it kept and which it dropped, how good it is.

        Examples:
          dgating inspect model.zip
          dgating inspect model.zip --json
        """;

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
        var command = new Command("inspect", Help);
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
        string rows = Sentence.Count(model.Training.Rows, "row");
        string stopped = model.Training.IsComplete ? "" : "; stopped before the end";
        string from = model.Training.ContinuedFrom is { } before ? $", going on from {before}" : "";
        console.Say($"Trained on {rows} of {model.Source.File}{from}, seed {model.Training.Seed}{stopped}.");
        console.Say("");
        console.Say(ModelTables.Selected(model));
        console.Show(ModelTables.Features(model));
        console.Show(ModelTables.Columns(model));
        if (model.Metrics.Count > 0)
        {
            console.Say(ModelTables.TestRows(model));
            console.Show(ModelTables.Metrics(model));
        }

        console.Say("What each count of features costs, on held-out rows:");
        console.Show(ModelTables.Candidates(model));
        console.Result(model);
        return (int)ExitCode.Success;
    }
}
