using MLNet.DGating.Torch.Native;

namespace MLNet.DGating;

/// <summary>
/// Where the native libraries of TorchSharp come from. Nothing needs to be set where the application references a libtorch package.
/// </summary>
public static class DGatingTorch
{
    /// <summary>
    /// The environment variable that names the directory of libtorch where <see cref="LibraryDirectory"/> is not set:
    /// <c>DGATING_LIBTORCH</c>.
    /// </summary>
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
    /// <exception cref="InvalidOperationException">It is set after the libraries were asked for.</exception>
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
                        $"DGatingTorch.LibraryDirectory was set to '{value}' after the native libraries of TorchSharp were loaded. Set it before the first trainer is created.");
                }

                libraryDirectory = value;
            }
        }
    }

    /// <summary>
    /// Loads the native libraries of TorchSharp now; the trainers do so themselves. Call it before using TorchSharp directly.
    /// </summary>
    /// <exception cref="DllNotFoundException">A library is missing or cannot be loaded; the message says which, and the cure.</exception>
    public static void Load() => TorchRuntime.EnsureLoaded();

    /// <summary>The directory the user named, or null; it cannot be changed any more.</summary>
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
