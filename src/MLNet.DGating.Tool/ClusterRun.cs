using MLNet.DGating.Distributed;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool;

/// <summary>A run of the tool by one of several processes that mpirun or srun has started together.</summary>
/// <remarks>All of them read and train; rank 0 alone writes, and alone carries out the commands that do not train.</remarks>
internal static class ClusterRun
{
    private static readonly string[] s_shared = ["train", "select", "stability"];

    /// <summary>Joins the other processes, and carries out a command.</summary>
    public static int Run(string[] arguments, ToolContext context)
    {
        // mpirun gives a process a terminal, to which .NET would send control characters.
        Environment.SetEnvironmentVariable("TERM", "dumb");
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
            return Left(code, "its message is above.");
        }

        if (arguments.Length == 0 || !s_shared.Contains(arguments[0]))
        {
            return (int)ExitCode.Success;
        }

        using var error = new StringWriter();
        return Left(
            DGatingTool.Run(arguments, context with { Output = TextWriter.Null, Error = error, IsInteractive = false, Cluster = cluster }),
            error.ToString());

        int Left(int code, string said)
        {
            if (code != (int)ExitCode.Success)
            {
                string last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
                cluster.Abort($"{Sentence.WithoutPeriod(last.Replace("dgating: ", "", StringComparison.Ordinal))}.");
            }

            return code;
        }
    }
}
