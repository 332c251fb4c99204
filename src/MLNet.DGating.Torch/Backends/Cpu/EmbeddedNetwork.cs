using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Trains a network without gates, in which each group passes through a small layer of its own, on the CPU by AdamW.</summary>
/// <remarks>
/// The first layer is block-diagonal: the columns of a group are connected to K neurons of that group alone (docs/theory.md §20). A state
/// holds the blocks [columns, K].
/// </remarks>
internal sealed class EmbeddedNetwork : IAveragedNetwork, IResumable
{
    private readonly CpuKernel _kernel;
    private readonly CpuBatch _batch;
    private readonly EmbeddedProducts _products;
    private readonly Parameter _weights;
    private readonly Parameter _bias;
    private readonly CpuMatrix _values;
    private readonly CpuMatrix _slopes;
    private readonly DenseStack _dense;
    private readonly (Parameter Parameter, CpuMatrix Squares, bool IsEmbedding, bool Decays)[] _parameters;
    private readonly CpuMatrix[] _gradients;
    private readonly double _embeddingDecay;
    private NetworkState _before = NetworkState.None;
    private int _step;

    /// <param name="shape">The layers; the first hidden one has K neurons for each group.</param>
    /// <param name="groups">The groups of the columns.</param>
    /// <param name="kernel">Does the elementwise work, and reads rows with a piecewise-linear encoding.</param>
    /// <param name="batchRows">The number of rows of a batch.</param>
    /// <param name="embeddingDecay">The decay of the embeddings, in decays of the other weights.</param>
    public EmbeddedNetwork(NetworkShape shape, GroupLayout groups, CpuKernel kernel, int batchRows, double embeddingDecay)
    {
        int width = shape.Hidden[0] / groups.Count;
        _kernel = kernel;
        _embeddingDecay = embeddingDecay;
        BatchRows = batchRows;
        _batch = new CpuBatch(kernel, batchRows);
        _products = kernel.EmbeddedProductsFor(groups, batchRows, width);
        _weights = new Parameter(groups.Columns, width);
        _bias = new Parameter(1, shape.Hidden[0]);
        _values = new CpuMatrix(batchRows, shape.Hidden[0]);
        _slopes = new CpuMatrix(batchRows, shape.Hidden[0]);
        _dense = new DenseStack(shape, kernel, _values, _slopes, firstDropped: 1);
        _parameters =
        [
            (_weights, Squares(_weights), true, true),
            (_bias, Squares(_bias), true, false),
            .. _dense.Layers.SelectMany(layer => new[]
            {
                (layer.Weights, Squares(layer.Weights), false, true), (layer.Bias, Squares(layer.Bias), false, false),
            }),
        ];
        _gradients = Array.ConvertAll(_parameters, each => each.Parameter.Gradient);

        static CpuMatrix Squares(Parameter parameter) => new(parameter.Value.Rows, parameter.Value.Columns);
    }

    public int BatchRows { get; }

    public void Load(NetworkState state, double gateDepth)
    {
        _weights.Value.Write(state.Primary);
        _bias.Value.Write(state.GatedBias);
        _dense.Load(state.Dense);
        _step = 0;
        foreach ((Parameter parameter, CpuMatrix squares, _, _) in _parameters)
        {
            parameter.Velocity.Span.Clear();
            squares.Span.Clear();
        }
    }

    public NetworkState Capture() => new(_weights.Value.Read(), [], _bias.Value.Read(), _dense.Capture());

    public double Train(Iteration iteration)
    {
        _before = Capture();
        for (int i = 0; i < iteration.Steps; i++)
        {
            Step(iteration.Batch(i), iteration.Step with { LearningRate = iteration.LearningRates[i] });
            _kernel.Ranks?.AfterStep(this, i, iteration.Steps, iteration.Step.GateDepth);
        }

        return _kernel.TakeLoss();
    }

    public bool IsFinite => _weights.Value.IsFinite && _bias.Value.IsFinite && _dense.IsFinite;

    public NetworkState CaptureBefore() => _before;

    public void Revert(double gateDepth) => Load(_before, gateDepth);

    public float[] Score(ReadOnlySpan<int> rows)
    {
        int outputs = _dense.Scores.Columns;
        float[] scores = new float[rows.Length * outputs];
        Span<int> part = new int[BatchRows];
        for (int start = 0; start < rows.Length; start += BatchRows)
        {
            int count = Math.Min(BatchRows, rows.Length - start);
            rows.Slice(start, count).CopyTo(part);
            part[count..].Fill(-1);
            Forward(part, 0);
            _dense.Scores.Span[..(count * outputs)].CopyTo(scores.AsSpan(start * outputs));
        }

        return scores;
    }

    public IEnumerable<CpuMatrix> Trained =>
        _parameters.SelectMany(each => new[] { each.Parameter.Value, each.Parameter.Velocity, each.Squares });

    // The first layer is multiplied as it is, without a product that is kept.
    public void Renew(double gateDepth)
    {
    }

    public void Exchange(StateExchange state)
    {
        foreach ((Parameter parameter, CpuMatrix squares, _, _) in _parameters)
        {
            state.Values(parameter.Value.Span);
            state.Values(parameter.Velocity.Span);
            state.Values(squares.Span);
        }

        state.Value(ref _step);
        _kernel.Exchange(state);
    }

    public void Dispose()
    {
        _batch.Dispose();
        _products.Dispose();
        _values.Dispose();
        _slopes.Dispose();
        _dense.Dispose();
        _weights.Dispose();
        _bias.Dispose();
        Array.ForEach(_parameters, parameter => parameter.Squares.Dispose());
        _kernel.Dispose();
    }

    private void Step(ReadOnlySpan<int> rows, in StepSettings step)
    {
        Forward(rows, step.Dropout);
        _kernel.LossGradient(_batch, _dense.Scores, _dense.ScoreSlopes);
        _dense.Backward(step.Dropout);
        CpuKernel.ColumnSums(_slopes, _bias.Gradient);
        _products.MultiplyTransposed(_slopes, _weights.Gradient);
        _kernel.Ranks?.BeforeUpdate(_gradients);
        _step++;
        foreach ((Parameter parameter, CpuMatrix squares, bool isEmbedding, bool decays) in _parameters)
        {
            float decay = decays ? (float)(step.Decay * (isEmbedding ? _embeddingDecay : 1)) : 0;
            AdamUpdate.Step(parameter, squares, _step, step.LearningRate, decay);
        }
    }

    // Embeddings are few for each group: dropout is for the layers above them.
    private void Forward(ReadOnlySpan<int> rows, float dropout)
    {
        _kernel.LoadBatch(_batch, rows, 0);
        _kernel.Load(_products, rows);
        _products.Multiply(_weights.Value, _values);
        _kernel.AddBias(_values, _bias.Value, _values.Columns);
        _dense.Forward(dropout);
    }
}
