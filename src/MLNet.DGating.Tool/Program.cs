using System.Runtime.InteropServices;
using MLNet.DGating.Distributed;
using MLNet.DGating.Tool;
using MLNet.DGating.Tool.Output;

if (DGatingCluster.IsLaunched)
{
    // mpirun gives every process a terminal, to which .NET would send control characters before anything else.
    Environment.SetEnvironmentVariable("TERM", "dumb");
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl+C, or request to end, asks for the best model so far; the second ends the process.
    press.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
});
Console.OutputEncoding = System.Text.Encoding.UTF8;
var context = new ToolContext(Console.Out, Console.Error, !Console.IsErrorRedirected, stop.Token);
return DGatingCluster.IsLaunched ? ClusterRun.Run(args, context) : DGatingTool.Run(args, context);
