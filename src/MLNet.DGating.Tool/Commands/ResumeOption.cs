using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The option of commands that train which goes on with a training that was killed or stopped.</summary>
/// <remarks>A training of more than some seconds keeps a checkpoint beside its output until the output is written.</remarks>
internal sealed class ResumeOption
{
    private const string Name = "--resume";
    private const string Extension = ".checkpoint";

    /// <summary>The most bytes of a checkpoint that nobody has asked for: 256 MB.</summary>
    private const long LargestBytes = 256L << 20;

    private readonly Option<bool> _resume = new(Name)
    {
        Description = "Go on with a training that was killed or stopped, from the checkpoint beside the output: same result, to the bit.",
    };

    public ResumeOption(Command command) => command.Add(_resume);

    /// <summary>Begins a checkpoint, or goes on from the one that is there; null where there is none to keep.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The file that the command writes last; null where it writes none.</param>
    /// <param name="context">The processes that train.</param>
    /// <param name="console">Takes a note.</param>
    /// <exception cref="ToolException">There is nothing to go on from.</exception>
    public FitCheckpoint? Begin(ParseResult parsed, string? output, ToolContext context, ToolConsole console)
    {
        bool resumes = parsed.GetValue(_resume);
        if (output is null || context.Cluster is not null)
        {
            return resumes
                ? throw ToolException.Usage($"{Name} goes on with a training of one process that writes a file: leave it out.")
                : null;
        }

        string path = output + Extension;
        if (resumes && !File.Exists(path))
        {
            throw ToolException.Input(
                $"There is no '{path}' to go on from: the training had ended, or had not come so far. Leave {Name} out.");
        }

        if (!resumes && File.Exists(path))
        {
            console.Note($"dgating: '{path}' is of a training that was stopped, which {Name} goes on with; this one begins anew.");
        }

        try
        {
            return new FitCheckpoint(
                path, TimeSpan.FromSeconds(DGatingDefaults.CheckpointSeconds), isShared: true, goesOn: resumes, LargestBytes);
        }
        catch (InvalidOperationException fault)
        {
            throw ToolException.Input(fault.Message, fault);
        }
    }

    /// <summary>Ends a command whose output is written.</summary>
    /// <param name="checkpoint">Its checkpoint; null for none.</param>
    /// <param name="isComplete">Whether its training came to its end; else there is more to go on with.</param>
    public static void End(FitCheckpoint? checkpoint, bool isComplete)
    {
        if (isComplete)
        {
            checkpoint?.Delete();
        }
        else
        {
            checkpoint?.Keep();
        }
    }
}
