using MLNet.DGating.Torch.Native;

namespace MLNet.DGating;

/// <summary>Sets where the native libraries of TorchSharp are loaded from.</summary>
/// <remarks>Nothing needs to be set where the application references a libtorch package.</remarks>
/// <example>
/// <code>
/// DGatingTorch.LibraryDirectory = "/opt/venv/lib/python3.12/site-packages/torch/lib";
/// DGatingTorch.Load();
/// </code>
/// </example>
public static class DGatingTorch
{
    /// <summary>Name of the environment variable for the directory of libtorch: <c>DGATING_LIBTORCH</c>.</summary>
    /// <remarks>It is read where <see cref="LibraryDirectory"/> is not set.</remarks>
    public const string LibraryDirectoryVariable = "DGATING_LIBTORCH";

    private static readonly Lock Gate = new();
    private static string? libraryDirectory;
    private static bool isTaken;

    /// <summary>A directory that holds libtorch, such as <c>lib/</c> of an installed PyTorch.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the directory that the environment variable <c>DGATING_LIBTORCH</c> names, else the
    /// application's own libraries. A named directory is taken as it is: another version of libtorch than TorchSharp was built for is
    /// loaded with a warning instead of being refused.
    /// </value>
    /// <exception cref="InvalidOperationException">It is set after the libraries were loaded.</exception>
    public static string? LibraryDirectory
    {
        get
        {
            lock (Gate)
            {
                return libraryDirectory;
            }
        }

        set
        {
            lock (Gate)
            {
                if (isTaken)
                {
                    throw new InvalidOperationException(
                        $"DGatingTorch.LibraryDirectory was set to '{value}' after the native libraries of TorchSharp were loaded. " +
                        "Set it before the first trainer is created.");
                }

                libraryDirectory = value;
            }
        }
    }

    /// <summary>Loads the native libraries of TorchSharp.</summary>
    /// <remarks>Call it before any direct use of TorchSharp. The trainers do so themselves.</remarks>
    /// <exception cref="DllNotFoundException">A library is missing or cannot be loaded. The message names it and the cure.</exception>
    public static void Load() => TorchRuntime.EnsureLoaded();

    /// <summary>Gives the directory that the user named, or null. It cannot be changed afterwards.</summary>
    internal static string? TakeLibraryDirectory()
    {
        lock (Gate)
        {
            isTaken = true;
            return NullIfEmpty(libraryDirectory) ?? NullIfEmpty(Environment.GetEnvironmentVariable(LibraryDirectoryVariable));
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
