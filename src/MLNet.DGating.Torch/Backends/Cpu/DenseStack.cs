using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the layers above the first hidden layer, and propagates values forward and slopes backward through them.</summary>
/// <remarks>libtorch computes the matrix products, the kernel everything else. Every buffer and view is made once.</remarks>
internal sealed class DenseStack : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly CpuKernel _kernel;
    private readonly int _firstDropped;
    private readonly CpuMatrix _firstValues;
    private readonly CpuMatrix _firstSlopes;
    private readonly Tensor _hiddenValues;
    private readonly Tensor _hiddenValuesTransposed;
    private readonly Tensor _hiddenSlopes;
    private CpuMatrix[] _masks = [];

    /// <param name="shape">The layers of the network.</param>
    /// <param name="kernel">Does the elementwise work.</param>
    /// <param name="firstValues">The values of the first layer [rows, width]; the hidden ones are in front.</param>
    /// <param name="firstSlopes">The slopes of these values [rows, width].</param>
    /// <param name="firstDropped">The first hidden layer of which neurons are left out by dropout.</param>
    public DenseStack(NetworkShape shape, CpuKernel kernel, CpuMatrix firstValues, CpuMatrix firstSlopes, int firstDropped = 0)
    {
        _shape = shape;
        _kernel = kernel;
        _firstDropped = firstDropped;
        _firstValues = firstValues;
        _firstSlopes = firstSlopes;
        _hiddenValues = firstValues.ColumnView(0, shape.ActivatedWidth);
        _hiddenValuesTransposed = _hiddenValues.t().DetachFromDisposeScope();
        _hiddenSlopes = firstSlopes.ColumnView(0, shape.ActivatedWidth);
        Layers = [.. shape.DenseLayers().Select(layer => new CpuLayer(firstValues.Rows, layer.Inputs, layer.Outputs))];
    }

    public IReadOnlyList<CpuLayer> Layers { get; }

    /// <summary>The scores: the values of the last layer, or those of the first one where it is the only one [rows, outputs].</summary>
    public CpuMatrix Scores => Layers.Count > 0 ? Layers[^1].Values : _firstValues;

    /// <summary>The slopes of the scores [rows, outputs].</summary>
    public CpuMatrix ScoreSlopes => Layers.Count > 0 ? Layers[^1].Slopes : _firstSlopes;

    /// <summary>The weights and biases of all layers, in the order of <see cref="NetworkShape.UngatedBlocks"/>.</summary>
    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => new[] { layer.Weights, layer.Bias });

    /// <summary>Whether all weights and biases are finite.</summary>
    public bool IsFinite => Parameters.All(parameter => parameter.Value.IsFinite);

    public void Load(IReadOnlyList<DenseLayer> layers)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            Layers[i].Weights.Value.Write(layers[i].Weights);
            Layers[i].Bias.Value.Write(layers[i].Bias);
        }
    }

    public DenseLayer[] Capture() => [.. Layers.Select(layer =>
    {
        CpuMatrix weights = layer.Weights.Value;
        return new DenseLayer(weights.Rows, weights.Columns, weights.Read(), layer.Bias.Value.Read());
    })];

    /// <summary>Computes the scores from the first layer's values, which have passed through the activation.</summary>
    /// <param name="dropout">The probability with which a hidden neuron is left out of a row.</param>
    public void Forward(float dropout)
    {
        Drop(_firstValues, 0, dropout);
        Tensor below = _hiddenValues;
        for (int i = 0; i < Layers.Count; i++)
        {
            CpuLayer layer = Layers[i];
            layer.Values.Tensor.addmm_(below, layer.Weights.Value.Tensor, 0);
            _kernel.AddBias(layer.Values, layer.Bias.Value, i + 1 < Layers.Count ? layer.Values.Columns : 0);
            Drop(layer.Values, i + 1, dropout);
            below = layer.Values.Tensor;
        }

        if (_shape.HasSkip)
        {
            SkipColumns.AddTo(Scores, _firstValues);
        }
    }

    /// <summary>Computes the gradients of all layers, and the slopes of the first one, from the slopes of the scores.</summary>
    /// <param name="dropout">The probability of the forward pass.</param>
    public void Backward(float dropout)
    {
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            CpuLayer layer = Layers[i];
            CpuLayer? below = i > 0 ? Layers[i - 1] : null;
            layer.Weights.Gradient.Tensor.addmm_(below?.Values.Transposed ?? _hiddenValuesTransposed, layer.Slopes.Tensor, 0);
            CpuKernel.ColumnSums(layer.Slopes, layer.Bias.Gradient);
            (below?.Slopes.Tensor ?? _hiddenSlopes).addmm_(layer.Slopes.Tensor, layer.Weights.Value.Transposed, 0);
            CpuMatrix slopesBelow = below?.Slopes ?? _firstSlopes;
            if (IsDropped(i, dropout))
            {
                CpuKernel.MultiplyByMask(slopesBelow, _masks[i]);
            }

            float kept = IsDropped(i, dropout) ? 1 - dropout : 1;
            _kernel.ActivationGradient(slopesBelow, below?.Values ?? _firstValues, layer.Weights.Value.Rows, kept);
        }

        if (_shape.HasSkip)
        {
            SkipColumns.CopyTo(_firstSlopes, ScoreSlopes);
        }
    }

    public void Dispose()
    {
        _hiddenValues.Dispose();
        _hiddenValuesTransposed.Dispose();
        _hiddenSlopes.Dispose();
        foreach (IDisposable part in (IEnumerable<IDisposable>)[.. Layers, .. _masks])
        {
            part.Dispose();
        }
    }

    // The last layer gives the scores, of which none is left out.
    private bool IsDropped(int layer, float dropout) => dropout > 0 && layer >= _firstDropped && layer < _shape.Hidden.Count;

    private void Drop(CpuMatrix values, int layer, float dropout)
    {
        if (!IsDropped(layer, dropout))
        {
            return;
        }

        if (_masks.Length == 0)
        {
            _masks = [.. _shape.Hidden.Select(neurons => new CpuMatrix(_firstValues.Rows, neurons))];
        }

        _kernel.Drop(values, _masks[layer], dropout);
    }
}
