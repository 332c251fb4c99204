using MLNet.DGating.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures how fast the neurons of LeNet-300-100 come to balance, as the paper's figure 3 does, on isolet.</summary>
/// <remarks>
/// The imbalance is the mean of |‖ω‖² − γ²| over the neurons of both hidden layers. Along gradient flow it decays at the rate 4λ/D in units
/// of the sum of steps (docs/theory.md §3).
/// </remarks>
internal static class Balance
{
    private const int Epochs = 20, BatchRows = 64;
    private const double Lambda = 0.02;

    private static readonly int[] s_shown = [0, 2, 5, 10, 15, 20];

    public static void Run(Arguments arguments)
    {
        DGatingTorch.Load();
        set_num_threads(1);
        var table = LabelledTable.Load(new Microsoft.ML.MLContext(0), arguments.Text("data", "../shared/data"), "isolet");
        int columns = table.Features[0].Length;
        using Tensor rows = Standardized(tensor([.. table.Features.SelectMany(row => row)]).reshape(-1, columns));
        using Tensor labels = tensor(Array.ConvertAll([.. table.Classes], label => (long)label));
        Console.WriteLine($"Imbalance of the 400 neurons of LeNet-300-100 on isolet, λ = {Lambda:g}, by epochs:");
        Console.WriteLine($"| optimizer | D | {string.Join(" | ", s_shown)} | rate over 4λ/D |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string optimizer in (string[])["SGD", "Adam"])
        {
            foreach (double depth in (double[])[2, 3, 4])
            {
                Train(optimizer, depth, rows, labels);
            }
        }
    }

    private static void Train(string name, double depth, Tensor rows, Tensor labels)
    {
        random.manual_seed(1);
        double rate = name == "SGD" ? 0.05 : 1e-3;
        using Sequential network = nn.Sequential(
            ("fc1", nn.Linear(rows.shape[1], 300)), ("relu1", nn.ReLU()), ("fc2", nn.Linear(300, 100)), ("relu2", nn.ReLU()),
            ("fc3", nn.Linear(100, labels.max().item<long>() + 1)));
        using ModuleGates gates = new ModuleGates(network).GateOutputs("fc1", depth).GateOutputs("fc2", depth);
        using optim.Optimizer optimizer = name == "SGD"
            ? optim.SGD(gates.Trainable, rate)
            : optim.Adam(gates.Trainable, rate);
        var imbalances = new List<double> { Imbalance(gates) };
        int steps = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor order = randperm(rows.shape[0]);
            for (long start = 0; start + BatchRows <= rows.shape[0]; start += BatchRows, steps++)
            {
                using DisposeScope ofStep = NewDisposeScope();
                Tensor batch = order.narrow(0, start, BatchRows);
                optimizer.zero_grad();
                nn.functional.cross_entropy(network.call(rows[batch]), labels[batch]).backward();
                gates.Step(optimizer, Lambda);
            }

            imbalances.Add(Imbalance(gates));
        }

        // Of the first half, since the imbalance ends at the size of the steps.
        double measured = Math.Log(imbalances[0] / imbalances[Epochs / 2]) / (rate * steps / 2);
        string ratio = name == "SGD" ? $"{measured / (4 * Lambda / depth):f2}" : "";
        IEnumerable<string> shown = s_shown.Select(epoch => $"{imbalances[epoch]:g3}");
        Console.WriteLine($"| {name} | {depth:g} | {string.Join(" | ", shown)} | {ratio} |");
    }

    private static double Imbalance(ModuleGates gates) => gates.Measure()
        .SelectMany(set => set.PrimaryNorms.Zip(set.Gates, (primary, gate) => Math.Abs(primary * primary - gate * gate))).Average();

    private static Tensor Standardized(Tensor values)
    {
        using Tensor plain = values;
        using DisposeScope scope = NewDisposeScope();
        return ((plain - plain.mean([0])) / (plain.std(0) + 1e-6f)).MoveToOuterDisposeScope();
    }
}
