using System.Runtime.CompilerServices;
using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Distributed.Tests.Support;

internal static class NativeLibraries
{
    // Before any test touches TorchSharp, whichever comes first.
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.EnsureLoaded();
}
