using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

/// <summary>A linear layer in float64 with tanh behind it, and rows for it.</summary>
internal sealed class Problem
{
    public Problem(int seed, int inputs, int outputs, int rows = 12)
    {
        Layer = torch.nn.Linear(inputs, outputs, dtype: float64).Drawn(seed);
        Input = Numbers.Normal(seed + 100, rows, inputs);
        Target = Numbers.Normal(seed + 200, rows, outputs);
    }

    public Linear Layer { get; }

    public Tensor Input { get; }

    public Tensor Target { get; }

    public ModuleGates Gated(double depth, bool rows) => new ModuleGates(Layer).Gate("weight", rows ? Groups.Rows : Groups.Columns, depth);

    public Tensor Loss() => (Layer.call(Input).tanh() - Target).pow(2).mean();
}
