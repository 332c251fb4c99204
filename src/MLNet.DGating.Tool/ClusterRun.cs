using MLNet.DGating.Distributed;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool;

/// <summary>A run of the tool by one of several processes that mpirun or srun has started together.</summary>
/// <remarks>All of them read and train; rank 0 alone writes, and alone carries out the commands that do not train.</remarks>
internal static class ClusterRun
{
    private static readonly string[] s_shared = ["train", "select", "stability"];

    /// <summary>Joins the other processes, and carries out a command.</summary>
    public static int Run(string[] arguments, ToolContext context)
    {
        DGatingCluster cluster;
        try
        {
            cluster = DGatingCluster.Start();
        }
        catch (InvalidOperationException fault)
        {
            context.Error.WriteLine($"dgating: {fault.Message}");
            return (int)ExitCode.Training;
        }

        using (cluster)
        {
            return Run(arguments, context, cluster);
        }
    }

    /// <summary>Carries out a command as one of the processes of a cluster.</summary>
    public static int Run(string[] arguments, ToolContext context, DGatingCluster cluster)
    {
        if (cluster.IsFirst)
        {
            int code = DGatingTool.Run(arguments, context with { Cluster = cluster });
            if (code != (int)ExitCode.Success)
            {
                cluster.Abort("it has said why.");
            }

            return code;
        }

        return arguments.Length > 0 && s_shared.Contains(arguments[0]) ? RunSilently(arguments, context, cluster) : (int)ExitCode.Success;
    }

    // What a rank other than 0 has to say is the reason why it fails, which rank 0 says for it.
    private static int RunSilently(string[] arguments, ToolContext context, DGatingCluster cluster)
    {
        using var error = new StringWriter();
        int code = DGatingTool.Run(
            arguments, context with { Output = TextWriter.Null, Error = error, IsInteractive = false, Cluster = cluster });
        if (code != (int)ExitCode.Success)
        {
            const string prefix = "dgating: ";
            string? last = error.ToString().Split('\n').LastOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal));
            cluster.Abort(last?[prefix.Length..].TrimEnd() ?? $"exit code {code}.");
        }

        return code;
    }
}
