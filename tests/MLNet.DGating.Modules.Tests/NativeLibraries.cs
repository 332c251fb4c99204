using System.Runtime.CompilerServices;

namespace MLNet.DGating.Modules.Tests;

internal static class NativeLibraries
{
    // Before any test touches TorchSharp, whichever comes first. Products this small only wait for further threads.
    [ModuleInitializer]
    internal static void Load()
    {
        DGatingTorch.Load();
        torch.set_num_threads(1);
    }
}
