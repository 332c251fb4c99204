using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures what figures of the paper show (Kolb, Frost, Bischl, Rügamer, NeurIPS 2025): docs/paper.md.</summary>
internal static class Paper
{
    public static void Run(Arguments arguments)
    {
        TorchRuntime.EnsureLoaded();
        string[] parts = arguments.Text("parts", "recovery,balance").Split(',');
        if (parts.Contains("recovery"))
        {
            Recovery.Run(arguments);
        }

        if (parts.Contains("balance"))
        {
            Console.WriteLine();
            Balance.Run(arguments);
        }
    }
}
