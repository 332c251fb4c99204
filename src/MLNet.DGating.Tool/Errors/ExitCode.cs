namespace MLNet.DGating.Tool.Errors;

/// <summary>The exit code of the process. The numbers are documented in docs/tool.md and never change.</summary>
internal enum ExitCode
{
    /// <summary>The command succeeded.</summary>
    Success = 0,

    /// <summary>The tool itself has a fault.</summary>
    Fault = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>A file that is read is missing, damaged, or lacks what was asked for.</summary>
    Input = 3,

    /// <summary>A file cannot be written, or exists and must not be replaced.</summary>
    Output = 4,

    /// <summary>The data can be read, but no model can be trained on it, or not on this machine.</summary>
    Training = 5,

    /// <summary>Ctrl+C stopped the tool before there was a model to keep.</summary>
    Cancelled = 130,
}
