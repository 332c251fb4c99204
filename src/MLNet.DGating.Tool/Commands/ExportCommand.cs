using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating export, which writes a model for other runtimes.</summary>
internal sealed class ExportCommand
{
    private const string Help = """
        Write a model as ONNX, for Python, Java, JavaScript, C++ and everything else with an ONNX runtime.

        The file takes the columns that the model reads, any number of rows at once, and gives scores: Score.output of a number, the
        probabilities of classes in the order that dgating inspect shows, and of two classes Probability.output. Of classes it also
        gives Prediction.output, in the label's own words. A date goes in as a text: 2024-05-31, with or without a time behind it.
        Its metadata name the inputs, outputs, features and classes.

        Examples:
          dgating export model.zip --onnx
          dgating export model.zip --onnx --network -o network.onnx
        """;

    private readonly ToolContext _context;
    private readonly ModelArgument _model;
    private readonly Option<bool> _onnx = new("--onnx") { Description = "As ONNX, the one form there is." };
    private readonly Option<bool> _network = new("--network")
    {
        Description = "The network alone, from the encoded features to the score, without the pipeline before it.",
    };
    private readonly Option<string> _output =
        CommonOptions.Output("The file to write. Default: the model's name with .onnx.", "model.onnx");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private ExportCommand(ToolContext context, Command command)
    {
        _context = context;
        _model = new ModelArgument(command);
        foreach (Option option in new Option[] { _onnx, _network, _output, _force, _json })
        {
            command.Add(option);
        }

        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("export", Help);
        _ = new ExportCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (!parsed.GetValue(_onnx))
        {
            throw ToolException.Usage("Say --onnx: it is the one form to export to.");
        }

        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string model = _model.Path(parsed);
        string output = parsed.GetValue(_output) ?? Path.ChangeExtension(model, ".onnx");
        OutputFile.Check(output, parsed.GetValue(_force));
        var mlContext = new MLContext();
        OnnxModel.Save(mlContext, _model.Load(parsed, mlContext), output, networkOnly: parsed.GetValue(_network));
        console.Say($"Written: {output}");
        console.Result(new { Onnx = output });
        return (int)ExitCode.Success;
    }
}
