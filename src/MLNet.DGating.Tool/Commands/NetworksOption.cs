using System.CommandLine;
using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The option of dgating train that averages several networks of the selected features.</summary>
internal sealed class NetworksOption
{
    private const int Most = 64;

    private readonly Option<int> _networks = new("--networks")
    {
        Description = "Networks of the selected features, differing in their random numbers, whose mean is the model. Each takes about a "
            + "refit longer.",
        HelpName = "n",
        DefaultValueFactory = _ => 1,
    };

    public NetworksOption(Command command) => command.Add(_networks);

    /// <summary>Gives the number of networks.</summary>
    /// <exception cref="ToolException">The number is out of its range.</exception>
    public int Read(ParseResult parsed)
    {
        int networks = parsed.GetValue(_networks);
        return networks is >= 1 and <= Most
            ? networks
            : throw ToolException.Usage($"--networks is {networks}, but must be from 1 to {Most}. Use 1 for a single network.");
    }
}
