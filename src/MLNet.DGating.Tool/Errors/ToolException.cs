namespace MLNet.DGating.Tool.Errors;

/// <summary>An error that the user can mend. Its message is one line: what is wrong, and the cure.</summary>
internal sealed class ToolException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode ExitCode { get; } = exitCode;

    public static ToolException Usage(string message) => new(ExitCode.Usage, message);

    public static ToolException Input(string message, Exception? cause = null) => new(ExitCode.Input, message, cause);

    public static ToolException Output(string message, Exception? cause = null) => new(ExitCode.Output, message, cause);

    public static ToolException Training(string message, Exception? cause = null) => new(ExitCode.Training, message, cause);
}
