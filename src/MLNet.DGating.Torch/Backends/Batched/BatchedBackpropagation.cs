using MLNet.DGating.Model;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Objective.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Computes scores and gradients of several networks of one shape in closed form (docs/theory.md §2).</summary>
/// <remarks>Every tensor has an axis of networks before the others, and every operation is one call for all of them.</remarks>
internal sealed class BatchedBackpropagation : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly Loss _loss;
    private readonly Tensor _gatedBias;
    private readonly Tensor _skipFactors;
    private readonly (Tensor Weights, Tensor Bias)[] _dense;

    /// <param name="shape">The layers of every network.</param>
    /// <param name="loss">The loss of every network.</param>
    /// <param name="ungated">The ungated parameters [networks, 1, all]; the object keeps views of them.</param>
    /// <param name="skipFactors">The factors of each column for the skip connection [networks, columns, 1].</param>
    public BatchedBackpropagation(NetworkShape shape, Loss loss, Tensor ungated, Tensor skipFactors)
    {
        _skipFactors = skipFactors.alias().DetachFromDisposeScope();
        _shape = shape;
        _loss = loss;
        long at = 0;
        _gatedBias = Part(1, shape.GatedWidth);
        _dense = [.. shape.DenseLayers().Select(layer => (Part(layer.Inputs, layer.Outputs), Part(1, layer.Outputs)))];

        Tensor Part(int rows, int columns)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor part = ungated.narrow(2, at, rows * columns).view(-1, rows, columns);
            at += rows * columns;
            return part.DetachFromDisposeScope();
        }
    }

    /// <summary>Computes the scores [networks, rows, outputs].</summary>
    /// <param name="features">The standardized features [networks, rows, columns].</param>
    /// <param name="effective">w [networks, columns, gated width].</param>
    public Tensor Scores(Tensor features, Tensor effective) => Forward(features, effective)[^1];

    /// <summary>Computes the weighted sums of losses [networks], and the gradients by w and by the ungated parameters.</summary>
    /// <param name="batch">One batch of rows for each network.</param>
    /// <param name="effective">w [networks, columns, gated width].</param>
    public (Tensor Losses, Tensor Gated, Tensor Ungated) Gradient(in DeviceBatches batch, Tensor effective)
    {
        Tensor[] values = Forward(batch.Features, effective);
        (Tensor losses, Tensor scoreSlopes) = _loss.Gradient(values[^1], batch.Targets);
        Tensor slopes = scoreSlopes.mul_(batch.Weights);
        var ungated = new Tensor[1 + 2 * _dense.Length];
        for (int i = _dense.Length - 1; i >= 0; i--)
        {
            Tensor below = i > 0 ? values[i] : Hidden(values[0]);
            ungated[1 + 2 * i] = below.transpose(1, 2).bmm(slopes).view(slopes.shape[0], 1, -1);
            ungated[2 + 2 * i] = slopes.sum(1, keepdim: true);
            slopes = slopes.bmm(_dense[i].Weights.transpose(1, 2));
            _ = _shape.Activation == DGatingActivation.Relu
                ? slopes.mul_(below.gt(LiveScalar.Of(0)))
                : slopes.sub_(slopes.mul(below).mul_(below));
        }

        if (_shape.HasSkip)
        {
            slopes = cat([slopes, scoreSlopes], 2);
        }

        ungated[0] = slopes.sum(1, keepdim: true);
        return (
            losses.mul_(batch.Weights.squeeze(-1)).sum(1, type: ScalarType.Float64),
            ScaleSkip(batch.Features.transpose(1, 2).bmm(slopes)),
            ungated.Length > 1 ? cat(ungated, 2) : ungated[0]);
    }

    public void Dispose()
    {
        _skipFactors.Dispose();
        _gatedBias.Dispose();
        foreach ((Tensor weights, Tensor bias) in _dense)
        {
            weights.Dispose();
            bias.Dispose();
        }
    }

    // Gives the values of every layer: activated, except for the scores of the last one.
    private Tensor[] Forward(Tensor features, Tensor effective)
    {
        var values = new Tensor[1 + _dense.Length];
        values[0] = features.baddbmm(_shape.HasSkip ? ScaleSkip(effective.clone()) : effective, _gatedBias);
        for (int i = 0; i < _dense.Length; i++)
        {
            Tensor below = i > 0 ? values[i] : Hidden(values[0]);
            _ = _shape.Activation == DGatingActivation.Relu ? below.relu_() : below.tanh_();
            values[i + 1] = below.baddbmm(_dense[i].Weights, _dense[i].Bias);
        }

        if (_shape.HasSkip)
        {
            values[^1].add_(values[0].narrow(2, _shape.ActivatedWidth, _shape.Outputs), LiveScalar.Of(1));
        }

        return values;
    }

    // Multiplies the part of the skip connection by the factors of its columns.
    private Tensor ScaleSkip(Tensor gated)
    {
        if (_shape.HasSkip)
        {
            gated.narrow(2, _shape.ActivatedWidth, _shape.Outputs).mul_(_skipFactors);
        }

        return gated;
    }

    private Tensor Hidden(Tensor gatedValues) => _shape.HasSkip ? gatedValues.narrow(2, 0, _shape.ActivatedWidth) : gatedValues;
}
