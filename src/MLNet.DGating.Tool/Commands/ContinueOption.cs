using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The option of dgating train that goes on from a model.</summary>
internal sealed class ContinueOption
{
    private const string Name = "--continue";

    // All others are settled by the model.
    private static readonly string[] s_besides =
    [
        Name, "--label", "--test", "--split", "--folds", "--time", "--threshold", "--output", "--report", "--code", "--force", "--json",
        "--resume", "--seed", "--device", "--separator", "--header", "--no-header", "--trust",
    ];

    private readonly Option<string> _model = new(Name)
    {
        Description = "Go on from a model that dgating train wrote: its columns, features and settings stay, and its network is trained "
            + "on with the rows of this table.",
        HelpName = "model.zip",
    };

    private readonly Option<bool> _trust = CommonOptions.Trust();

    public ContinueOption(Command command)
    {
        command.Add(_model);
        command.Add(_trust);
    }

    /// <summary>Loads the model to go on from; null where none was given.</summary>
    /// <exception cref="ToolException">The file is no model, it predicts another column, or an option contradicts it.</exception>
    public ModelFile? Load(ParseResult parsed, string label)
    {
        if (parsed.GetValue(_model) is not { } path)
        {
            return null;
        }

        OptionResult? settled = parsed.CommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(result => !result.Implicit && !s_besides.Contains(result.Option.Name));
        if (settled is not null)
        {
            throw ToolException.Usage($"{settled.Option.Name} and {Name} contradict each other: columns, features and settings are those "
                + "of the model. Leave one of them out.");
        }

        var model = ModelFile.Load(path, new MLContext(), parsed.GetValue(_trust));
        string predicted = model.Description.Label.Name;
        return predicted == label ? model
            : throw ToolException.Usage($"--label is '{label}', but '{path}' predicts '{predicted}': give that column, or train anew.");
    }

    /// <summary>Gives the name of the file that was given.</summary>
    public string FileName(ParseResult parsed) => Path.GetFileName(parsed.GetValue(_model)!);
}
