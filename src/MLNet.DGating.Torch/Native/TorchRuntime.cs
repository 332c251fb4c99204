using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace MLNet.DGating.Torch.Native;

/// <summary>The one owner of native loading: everything that calls TorchSharp calls <see cref="EnsureLoaded"/> first.</summary>
internal static class TorchRuntime
{
    private const string TorchSharpLibrary = "LibTorchSharp";

    // The default mode runs once, whichever thread comes first, and throws the same exception to all.
    private static readonly Lazy<string?> Loaded = new(Load);

    /// <summary>What the user should be told about the libraries, or null. Loads them.</summary>
    internal static string? Warning => Loaded.Value;

    /// <summary>Loads the native libraries, once per process.</summary>
    /// <exception cref="DllNotFoundException">They are missing or cannot be loaded; the same again at every call.</exception>
    internal static void EnsureLoaded() => _ = Loaded.Value;

    private static string? Load()
    {
        var named = DGatingTorch.TakeLibraryDirectory();
        if (LoadedLibraries.PathOf(NativePlatform.TorchSharpFile) is not null)
        {
            // The application has used TorchSharp before, and it works.
            RunTorchSharpInitializer();
            return null;
        }

        var (handle, warning) = TorchLibraries.Load(named);
        HandOver(handle);
        RunTorchSharpInitializer();
        return warning;
    }

    private static void HandOver(nint handle)
    {
        var assembly = typeof(torch).Assembly;
        nint Find(string name) => name == TorchSharpLibrary ? handle : 0;

        // Its explicit NativeLibrary.TryLoad passes resolvers by and ends here, after its own search.
        AssemblyLoadContext.GetLoadContext(assembly)!.ResolvingUnmanagedDll += (caller, name) => caller == assembly ? Find(name) : 0;
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => Find(name));
        }
        catch (InvalidOperationException)
        {
            // The application has a resolver of its own; where that finds nothing, the event above still does.
        }
    }

    private static void RunTorchSharpInitializer()
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(typeof(torch).TypeHandle);
        }
        catch (TypeInitializationException exception)
        {
            throw NativeErrors.TorchSharpFailedBefore(exception);
        }
    }
}
