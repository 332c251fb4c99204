using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>The bare matrix products of one training step of a network with one hidden layer, into preallocated tensors: what no implementation can beat.</summary>
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

    /// <summary>Forward, then the gradients of both layers.</summary>
    public void Step()
    {
        _hidden.addmm_(_x, _w, 0);
        _scores.addmm_(_hidden, _v, 0);
        _vGradient.addmm_(_hiddenTransposed, _scores, 0);
        _hidden.addmm_(_scores, _vTransposed, 0);
        _wGradient.addmm_(_xTransposed, _hidden, 0);
    }

    public static double SecondsPerStep(int rows, int features, int hidden, int outputs, double secondsPerBatch = 0.15)
    {
        using var floor = new GemmFloor(rows, features, hidden, outputs);
        return Stopwatching.SecondsPerCall(floor.Step, secondsPerBatch);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in new[] { _x, _w, _hidden, _v, _scores, _xTransposed, _hiddenTransposed, _vTransposed, _wGradient, _vGradient })
        {
            tensor.Dispose();
        }
    }
}
