using System.CommandLine;
using MLNet.DGating.Tool.Code;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating code, which writes the C# of a model.</summary>
internal sealed class CodeCommand
{
    private const string Help = """
        Write the C# of a model, as Model Builder does: Name.consumption.cs predicts, Name.training.cs trains again, and a project for both.

        Example:
          dgating code income.zip -o Income
        """;

    private readonly ToolContext _context;
    private readonly ModelArgument _model;
    private readonly Option<string> _output =
        CommonOptions.Output("The folder for the files. Default: one with the model's name, beside it.", "folder");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private CodeCommand(ToolContext context, Command command)
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
        var command = new Command("code", Help);
        _ = new CodeCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string model = _model.Path(parsed);
        ModelDescription description = _model.Describe(parsed);
        string folder = parsed.GetValue(_output) ?? Path.ChangeExtension(Path.GetFullPath(model), null);
        CodeFiles.Check(folder, model, parsed.GetValue(_force));
        string[] files = CodeFiles.Write(folder, model, description);
        foreach (string file in files)
        {
            console.Say($"Written: {file}");
        }

        console.Result(new { Files = files });
        return (int)ExitCode.Success;
    }
}
