using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Computes the bare matrix products of one training step, into preallocated tensors.</summary>
/// <remarks>The network has one hidden layer. The time of the products is a lower bound for every implementation.</remarks>
internal sealed class GemmFloor : IDisposable
{
    private readonly Tensor _x, _w, _hidden, _v, _scores, _xTransposed, _hiddenTransposed, _vTransposed, _wGradient, _vGradient;

    public GemmFloor(int rows, int features, int hidden, int outputs)
    {
        _x = rand(rows, features);
        _w = rand(features, hidden);
        _hidden = zeros(rows, hidden);
        _v = rand(hidden, outputs);
        _scores = zeros(rows, outputs);
        _xTransposed = _x.t();
        _hiddenTransposed = _hidden.t();
        _vTransposed = _v.t();
        _wGradient = zeros(features, hidden);
        _vGradient = zeros(hidden, outputs);
    }

    /// <summary>Computes the forward pass, then the gradients of both layers.</summary>
    public void Step()
    {
        _hidden.addmm_(_x, _w, 0);
        _scores.addmm_(_hidden, _v, 0);
        _vGradient.addmm_(_hiddenTransposed, _scores, 0);
        _hidden.addmm_(_scores, _vTransposed, 0);
        _wGradient.addmm_(_xTransposed, _hidden, 0);
    }

    /// <summary>Measures the seconds of one step.</summary>
    public static double SecondsPerStep(int rows, int features, int hidden, int outputs, double secondsPerBatch = 0.15)
    {
        using var floor = new GemmFloor(rows, features, hidden, outputs);
        return Stopwatching.SecondsPerCall(floor.Step, secondsPerBatch);
    }

    public void Dispose()
    {
        Tensor[] all =
        [
            _x, _w, _hidden, _v, _scores, _xTransposed, _hiddenTransposed, _vTransposed, _wGradient, _vGradient,
        ];
        foreach (Tensor tensor in all)
        {
            tensor.Dispose();
        }
    }
}
