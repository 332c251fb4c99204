using System.CommandLine;
using Microsoft.ML;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The model that a command reads, and whether its checksums are looked at.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string> _path = new("model")
    {
        Description = "A model that dgating train wrote.", HelpName = "model.zip",
    };
    private readonly Option<bool> _trust = CommonOptions.Trust();

    public ModelArgument(Command command)
    {
        command.Add(_path);
        command.Add(_trust);
    }

    public string Path(ParseResult parsed) => parsed.GetRequiredValue(_path);

    public ModelFile Load(ParseResult parsed, MLContext mlContext) => ModelFile.Load(Path(parsed), mlContext, parsed.GetValue(_trust));

    public ModelDescription Describe(ParseResult parsed) => ModelFile.Describe(Path(parsed), parsed.GetValue(_trust));

    public string Page(ParseResult parsed) => ModelFile.Page(Path(parsed), parsed.GetValue(_trust));
}
