using System.Text;
using MLNet.DGating.Fuzz.Mutation;
using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>Command lines of known options with values that nobody expects. None trains: each is wrong or reads only.</summary>
internal sealed class OptionsTarget(Scratch scratch) : FuzzTarget("options")
{
    private static readonly string[] s_commands = ["inspect", "predict", "explain", "export", "code", "report", "select", "train"];

    private static readonly string[] s_options =
    [
        "--label", "--rows", "--top", "--features", "--seed", "--split", "--separator", "--charset", "--comment", "--missing", "--number",
        "--date", "--text", "--categorical", "--ignore", "--weight", "--group", "--max-categories", "--positive", "--task", "--loss",
        "--quantiles", "--bad-cells", "--json", "--force", "--predictions-only", "--onnx", "--day-first", "--decimal-comma", "--no-header",
    ];

    public override byte[] Create(Random random)
    {
        string command = s_commands[random.Next(s_commands.Length)];
        List<string> words = [command, random.Next(2) == 0 ? scratch.Fare : scratch.Fares];
        if (random.Next(2) == 0)
        {
            words.Add(scratch.Fares);
        }

        for (int option = random.Next(4); option >= 0; option--)
        {
            words.Add(s_options[random.Next(s_options.Length)]);
            if (random.Next(4) > 0)
            {
                words.Add(random.Next(3) == 0 ? random.NextInt64().ToString() : Words.Any(random));
            }
        }

        // A command line that is right would train for seconds: this option makes it wrong in the end.
        if (command is "train" or "select")
        {
            words.AddRange(["--lambda", "nonsense"]);
        }

        // No system hands over a word with a zero in it.
        return Encoding.UTF8.GetBytes(string.Join('\u0001', words.Select(word => word.Replace("\0", "", StringComparison.Ordinal))));
    }

    public override Answer Try(byte[] input)
    {
        string folder = Environment.CurrentDirectory;
        (int code, _, string error) = Scratch.Run(Encoding.UTF8.GetString(input).Split('\u0001'));
        Environment.CurrentDirectory = folder;
        return (ExitCode)code == ExitCode.Fault ? throw new FuzzFault(FaultKind.Crash, error) : code == 0 ? Answer.Taken : Answer.Refused;
    }
}
