using System.Reflection;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>The environment behind an MLContext.</summary>
/// <remarks>
/// ML.NET copies GpuDeviceId and FallbackToCpu to a catalog's host when the MLContext is made, so what a user sets on the context
/// afterwards, which is the only way to set it, stands at the root alone.
/// </remarks>
internal static class RootEnvironment
{
    public static IHostEnvironmentInternal Of(IHost host) =>
        host.GetType().GetField("Root", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(host) as IHostEnvironmentInternal
        ?? (IHostEnvironmentInternal)host;
}
