using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace MLNet.DGating.Torch.Native;

/// <summary>Loads the native libraries once. Everything that calls TorchSharp calls <see cref="EnsureLoaded"/> first.</summary>
internal static class TorchRuntime
{
    private const string TorchSharpLibrary = "LibTorchSharp";

    // In its default mode Lazy calls Load once, on whichever thread is first, and throws the same exception to all threads.
    private static readonly Lazy<string?> Loaded = new(Load);

    /// <summary>The warning about the libraries for the user, or null. Reading it loads them.</summary>
    internal static string? Warning => Loaded.Value;

    /// <summary>Loads the native libraries, once per process.</summary>
    /// <exception cref="DllNotFoundException">They are missing or cannot be loaded. Every further call throws the same error.</exception>
    internal static void EnsureLoaded() => _ = Loaded.Value;

    private static string? Load()
    {
        string? named = DGatingTorch.TakeLibraryDirectory();
        if (LoadedLibraries.PathOf(NativePlatform.TorchSharpFile) is not null)
        {
            // The application has used TorchSharp before, and it works.
            RunTorchSharpInitializer();
            return null;
        }

        (nint handle, string? warning) = TorchLibraries.Load(named);
        HandOver(handle);
        RunTorchSharpInitializer();
        return warning;
    }

    private static void HandOver(nint handle)
    {
        Assembly assembly = typeof(torch).Assembly;
        nint Find(string name) => name == TorchSharpLibrary ? handle : 0;

        // TorchSharp's explicit NativeLibrary.TryLoad ignores resolvers, and raises this event after its own search.
        AssemblyLoadContext.GetLoadContext(assembly)!.ResolvingUnmanagedDll += (caller, name) => caller == assembly ? Find(name) : 0;
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => Find(name));
        }
        catch (InvalidOperationException)
        {
            // The application has a resolver of its own. Where that finds nothing, the event above is still raised.
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
