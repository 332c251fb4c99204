using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Resumption;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Trains one network on the CPU, forward and backward in closed form (docs/theory.md §2).</summary>
/// <remarks>libtorch computes the matrix products, the kernel everything else. Every buffer and view is made once.</remarks>
internal sealed class CpuNetwork : INetwork, IAveragedNetwork, IResumable
{
    private readonly NetworkShape _shape;
    private readonly CpuKernel _kernel;
    private readonly int _batchRows;
    private readonly DenseStack _dense;
    private readonly Parameter _gatedBias;
    private GatedParameter _gated;
    private CpuBatch _batch;
    private CpuMatrix[] _gradients;
    private readonly CpuMatrix _values;
    private readonly CpuMatrix _slopes;

    // The parameters before the present iteration. ω is written again and again into one matrix: of wide rows it is large, and what waits
    // for the garbage collector would soon take more memory than the rows.
    private CpuMatrix? _primaryBefore;
    private NetworkState _before = NetworkState.None;

    public CpuNetwork(NetworkShape shape, GroupLayout groups, CpuKernel kernel, int batchRows)
    {
        _shape = shape;
        _kernel = kernel;
        _batchRows = batchRows;
        _gated = new GatedParameter(groups, shape.GatedWidth, shape.ActivatedWidth);
        _batch = new CpuBatch(kernel, batchRows, _gated);
        _gatedBias = new Parameter(1, shape.GatedWidth);
        _values = new CpuMatrix(batchRows, shape.GatedWidth);
        _slopes = new CpuMatrix(batchRows, shape.GatedWidth);
        _dense = new DenseStack(shape, kernel, _values, _slopes);
        _gradients = Gradients();
    }

    public NetworkShape Shape => _shape;

    public GroupLayout Groups => _gated.Groups;

    public GatedParameter Gated => _gated;

    /// <summary>The gated layer's bias [1, gated width].</summary>
    public Parameter GatedBias => _gatedBias;

    /// <summary>The layers above the gated layer.</summary>
    public IReadOnlyList<CpuLayer> Dense => _dense.Layers;

    /// <summary>Whether the rows are sparse at present.</summary>
    public bool IsSparse => _kernel.IsSparse;

    /// <summary>The number of rows of a batch; shorter lists of rows are padded with −1.</summary>
    public int BatchRows => _batchRows;

    /// <summary>Replaces the parameters and sets the velocities to zero.</summary>
    public void Load(NetworkState state, double gateDepth) => Load(state, state.Primary, gateDepth);

    private void Load(NetworkState state, ReadOnlySpan<float> primary, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        _kernel.Flush(_gated);
        _gated.Primary.Write(primary);
        _gated.Gates.Write(state.Gates);
        _gatedBias.Value.Write(state.GatedBias);
        _dense.Load(state.Dense);
        foreach (CpuMatrix velocity in Velocities())
        {
            velocity.Tensor.zero_();
        }

        CpuKernel.Compose(_gated, gateDepth);
    }

    public NetworkState Capture()
    {
        _kernel.Flush(_gated);
        return Capture(_gated.Primary.Read());
    }

    /// <summary>Carries out one step of gradient descent on F (docs/theory.md §1).</summary>
    public void Step(ReadOnlySpan<int> rows, in StepSettings step)
    {
        _kernel.LoadBatch(_batch, rows, step.InputNoise);
        Forward(isStep: true, step.Dropout);
        Backward(step.Dropout);
        _kernel.Descend(_batch, _slopes, _gated, step, _gradients);
        foreach (CpuLayer layer in _dense.Layers)
        {
            CpuKernel.Update(layer.Weights, step, step.Decay);
            CpuKernel.Update(layer.Bias, step, 0);
        }

        CpuKernel.Update(_gatedBias, step, 0);
    }

    public double Train(Iteration iteration)
    {
        Keep();
        for (int i = 0; i < iteration.Steps; i++)
        {
            Step(iteration.Batch(i), iteration.Step with { LearningRate = iteration.LearningRates[i] });
            _kernel.Ranks?.AfterStep(this, i, iteration.Steps, iteration.Step.GateDepth);
        }

        return _kernel.TakeLoss();
    }

    public bool IsFinite
    {
        get
        {
            _kernel.Flush(_gated);
            return _gated.Primary.IsFinite && _gated.Gates.IsFinite && _gatedBias.Value.IsFinite && _dense.IsFinite;
        }
    }

    public NetworkState CaptureBefore() => _before with { Primary = _primaryBefore!.Read() };

    public void Revert(double gateDepth) => Load(_before, _primaryBefore!.Span, gateDepth);

    public (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows)
    {
        _kernel.LoadBatch(_batch, rows, 0);
        Forward(isStep: false);
        Backward();
        CpuKernel.MultiplyTransposed(_batch, _slopes, _gated);
        return (_kernel.TakeLoss(), [.. _gradients.Select(buffer => Array.ConvertAll(buffer.Read(), value => (double)value))]);
    }

    /// <summary>Computes the scores of rows without noise [rows, outputs].</summary>
    public float[] Score(ReadOnlySpan<int> rows)
    {
        float[] scores = new float[rows.Length * _shape.Outputs];
        Span<int> part = new int[_batchRows];
        for (int start = 0; start < rows.Length; start += _batchRows)
        {
            int count = Math.Min(_batchRows, rows.Length - start);
            rows.Slice(start, count).CopyTo(part);
            part[count..].Fill(-1);
            _kernel.LoadBatch(_batch, part, 0);
            Forward(isStep: false);
            _dense.Scores.Read().AsSpan(0, count * _shape.Outputs).CopyTo(scores.AsSpan(start * _shape.Outputs));
        }

        return scores;
    }

    /// <summary>Sets these groups to exactly zero.</summary>
    public void Cut(ReadOnlySpan<int> groups, double gateDepth)
    {
        CpuKernel.Close(_gated, groups);
        CpuKernel.Compose(_gated, gateDepth);
    }

    /// <summary>Removes every other group from the design matrix, which makes all later work cheaper.</summary>
    public void KeepGroups(ReadOnlySpan<int> kept, double gateDepth)
    {
        _kernel.Flush(_gated);
        GatedParameter old = _gated;
        int[] columns = old.Groups.ColumnsOf(kept);
        _gated = new GatedParameter(old.Groups.Select(kept), _shape.GatedWidth, _shape.ActivatedWidth);
        CopyRows(old.Primary, _gated.Primary, columns);
        CopyRows(old.PrimaryVelocity, _gated.PrimaryVelocity, columns);
        CopyRows(old.Gates, _gated.Gates, kept);
        CopyRows(old.GateVelocity, _gated.GateVelocity, kept);
        _primaryBefore?.Dispose();
        _primaryBefore = null;
        CpuKernel.Compose(_gated, gateDepth);
        old.Dispose();

        _kernel.Keep(old.Groups.InputsOf(kept), columns);
        _batch.Dispose();
        _batch = new CpuBatch(_kernel, _batchRows, _gated);
        _gradients = Gradients();
    }

    public IEnumerable<CpuMatrix> Trained => Parameters().Concat(Velocities());

    public void Renew(double gateDepth) => CpuKernel.Compose(_gated, gateDepth);

    // In the order of NetworkShape.Blocks.
    private CpuMatrix[] Gradients() => [_gated.Gradient, _gatedBias.Gradient, .. _dense.Parameters.Select(each => each.Gradient)];

    public GroupMeasures Measure(in StepSettings step)
    {
        _kernel.Flush(_gated);
        return CpuKernel.Measure(_gated, step);
    }

    public void Exchange(StateExchange state)
    {
        _kernel.Flush(_gated);
        foreach (CpuMatrix matrix in Parameters().Append(_gated.Effective).Concat(Velocities()))
        {
            state.Values(matrix.Span);
        }

        _kernel.Exchange(state);
    }

    public void Dispose()
    {
        _gated.Dispose();
        _primaryBefore?.Dispose();
        _batch.Dispose();
        _gatedBias.Dispose();
        _values.Dispose();
        _slopes.Dispose();
        _dense.Dispose();
        _kernel.Dispose();
    }

    private NetworkState Capture(float[] primary) => new(primary, _gated.Gates.Read(), _gatedBias.Value.Read(), _dense.Capture());

    private void Keep()
    {
        _kernel.Flush(_gated);
        _primaryBefore ??= new CpuMatrix(_gated.Primary.Rows, _gated.Primary.Columns);
        _primaryBefore.Write(_gated.Primary.Span);
        _before = Capture([]);
    }

    private void Forward(bool isStep, float dropout = 0)
    {
        _kernel.Multiply(_batch, _gated, _values, isStep);
        _kernel.AddBias(_values, _gatedBias.Value, _shape.ActivatedWidth);
        _dense.Forward(dropout);
    }

    private void Backward(float dropout = 0)
    {
        _kernel.LossGradient(_batch, _dense.Scores, _dense.ScoreSlopes);
        _dense.Backward(dropout);
        CpuKernel.ColumnSums(_slopes, _gatedBias.Gradient);
    }

    private IEnumerable<CpuMatrix> Parameters() => _dense.Parameters.Select(parameter => parameter.Value)
        .Append(_gatedBias.Value).Append(_gated.Primary).Append(_gated.Gates);

    private IEnumerable<CpuMatrix> Velocities() =>
        _dense.Parameters.Select(parameter => parameter.Velocity)
            .Append(_gatedBias.Velocity).Append(_gated.PrimaryVelocity).Append(_gated.GateVelocity);

    private static void CopyRows(CpuMatrix source, CpuMatrix target, ReadOnlySpan<int> rows)
    {
        using DisposeScope scope = NewDisposeScope();
        target.Tensor.copy_(source.Tensor.index_select(0, tensor(rows.ToArray())));
    }
}
