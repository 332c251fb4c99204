using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Native;
using TorchSharp;

// Loads the native libraries in a process of its own and says in one line each what came of it, so that tests can compare whole messages.

if (args is ["torchsharp-first"])
{
    try
    {
        torch.ones(1).Dispose();
    }
    catch (TypeInitializationException)
    {
        Console.WriteLine("torchsharp failed");
    }
}

if (args is ["libtorch-first", var path])
{
    NativeLibrary.Load(path);
}

for (int attempt = 0; attempt < 2; attempt++)
{
    try
    {
        TorchRuntime.EnsureLoaded();
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
    }
}

try
{
    if (TorchRuntime.Warning is { } warning)
    {
        Console.WriteLine($"warning: {warning}");
    }

    using torch.Tensor left = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } });
    using torch.Tensor right = torch.tensor(new float[,] { { 5, 6 }, { 7, 8 } });
    using torch.Tensor product = left.mm(right);
    Console.WriteLine($"product: {string.Join(' ', product.data<float>().ToArray())}");
}
catch (DllNotFoundException)
{
    // Said above.
}
