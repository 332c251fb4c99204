using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Carries out training steps as they are usually written, with modules, autograd and an optimizer.</summary>
/// <remarks>One gate for each feature multiplies the weights of the first layer.</remarks>
internal sealed class UsualLoop : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x, _labels;
    private readonly TorchSharp.Modules.Parameter _primary, _gates, _bias;
    private readonly TorchSharp.Modules.Linear _output;
    private readonly optim.Optimizer _optimizer;

    public UsualLoop(int rows, int features, int hidden, int outputs)
    {
        _x = randn(rows, features);
        _labels = randint(outputs, rows, dtype: ScalarType.Int64);
        _primary = nn.Parameter(randn(features, hidden) / Math.Sqrt(features));
        _gates = nn.Parameter(ones(features, 1));
        _bias = nn.Parameter(zeros(hidden));
        _output = nn.Linear(hidden, outputs);
        _optimizer = optim.SGD([_primary, _gates, _bias, .. _output.parameters()], 0.05, momentum: 0.9, weight_decay: 1e-3);
    }

    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor hidden = nn.functional.relu(_x.matmul(_primary * _gates.pow(2)) + _bias);
        Tensor loss = nn.functional.cross_entropy(_output.call(hidden), _labels);
        loss.backward();
        _optimizer.step();
    }

    public void Dispose() => _scope.Dispose();
}
