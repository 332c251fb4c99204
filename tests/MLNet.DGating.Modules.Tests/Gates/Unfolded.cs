using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

/// <summary>A linear layer whose rows or columns are ω times D − 1 separate gates, trained by automatic differentiation.</summary>
internal sealed class Unfolded : IDisposable
{
    private readonly Tensor _bias;
    private readonly bool _rows;

    public Unfolded(Tensor weight, Tensor bias, int depth, bool rows)
    {
        _rows = rows;
        _bias = bias.detach().clone().requires_grad_(true);
        Primary = weight.detach().clone().requires_grad_(true);
        Gates = [.. Enumerable.Range(0, depth - 1).Select(_ => ones(weight.shape[rows ? 0 : 1], float64).requires_grad_(true))];
    }

    public Tensor Primary { get; }

    public Tensor[] Gates { get; }

    public Tensor[] All => [Primary, .. Gates, _bias];

    public Tensor Weight => Primary * Gates.Aggregate((a, b) => a * b).view(_rows ? [-1, 1] : [1, -1]);

    public Tensor Loss(Tensor input, Tensor target, double lambda)
    {
        Tensor output = torch.nn.functional.linear(input, Weight, _bias).tanh();
        Tensor squares = Gates.Select(gate => (gate * gate).sum()).Aggregate((Primary * Primary).sum(), (a, b) => a + b);
        return (output - target).pow(2).mean() + lambda / (Gates.Length + 1) * squares;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in All)
        {
            tensor.Dispose();
        }
    }
}
