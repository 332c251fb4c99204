using System.Reflection;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Finds the root environment of an MLContext.</summary>
/// <remarks>
/// ML.NET copies GpuDeviceId and FallbackToCpu to a catalog's host when the MLContext is created. Users can only set them afterwards, so
/// that only the root environment has their values.
/// </remarks>
internal static class RootEnvironment
{
    /// <summary>Gives the root environment of a host; the host itself where it has none.</summary>
    public static IHostEnvironmentInternal Of(IHost host) =>
        host.GetType().GetField("Root", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(host) as IHostEnvironmentInternal
        ?? (IHostEnvironmentInternal)host;
}
