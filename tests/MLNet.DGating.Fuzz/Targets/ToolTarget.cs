using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>A run of the tool on a file that was changed.</summary>
internal sealed class ToolTarget(string name, Scratch scratch, string file, Func<Random, byte[]> create, params string[] command)
    : FuzzTarget(name)
{
    /// <summary>What the run printed for the file as it was; any other output is a fault. Null where others are as good.</summary>
    public string? Expected { get; init; }

    public override byte[] Create(Random random) => create(random);

    public override Answer Try(byte[] input)
    {
        string path = scratch.File(file, input);
        (int code, string output, string error) = Scratch.Run([.. command.Select(word => word == "FILE" ? path : word)]);
        if ((ExitCode)code is not (ExitCode.Success or ExitCode.Usage or ExitCode.Input or ExitCode.Training))
        {
            throw new FuzzFault(FaultKind.Crash, $"exit code {code}: {error}");
        }

        return code != 0 ? Answer.Refused
            : Expected is null || output == Expected ? Answer.Taken
            : throw new FuzzFault(FaultKind.Silent, output);
    }
}
