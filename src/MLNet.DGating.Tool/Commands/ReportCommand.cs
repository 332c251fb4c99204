using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating report, which writes the page about a model's training.</summary>
internal sealed class ReportCommand
{
    private const string Help = """
        Write the page about a model's training: what each count of features costs, in which order features left, which are needed most.
        One file, to be opened in a browser; it is the page that train wrote beside the model.

        Example:
          dgating report model.zip -o report.html
        """;

    private readonly ToolContext _context;
    private readonly ModelArgument _model;
    private readonly Option<string> _output =
        CommonOptions.Output("The page to write. Default: the model's name with .html.", "report.html");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private ReportCommand(ToolContext context, Command command)
    {
        _context = context;
        _model = new ModelArgument(command);
        command.Add(_output);
        command.Add(_force);
        command.Add(_json);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("report", Help);
        _ = new ReportCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string model = _model.Path(parsed);
        string output = parsed.GetValue(_output) ?? Path.ChangeExtension(model, ".html");
        OutputFile.Check(output, parsed.GetValue(_force));
        string page = _model.Page(parsed);
        OutputFile.Write(output, temporary => File.WriteAllText(temporary, page));
        console.Say($"Written: {output}");
        console.Result(new { Report = output });
        return (int)ExitCode.Success;
    }
}
