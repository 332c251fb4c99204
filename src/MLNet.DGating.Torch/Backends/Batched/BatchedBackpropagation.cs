using MLNet.DGating.Model;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Objective.Losses;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>
/// Networks of one shape side by side, forward and backward in closed form (docs/theory.md §2): every tensor has an axis of members before
/// the others, and every operation is one call for all of them.
/// </summary>
internal sealed class BatchedBackpropagation
{
    private readonly NetworkShape _shape;
    private readonly Loss _loss;
    private readonly Tensor _gatedBias;
    private readonly (Tensor Weights, Tensor Bias)[] _dense;

    /// <param name="shape">Of each.</param>
    /// <param name="loss">Of each.</param>
    /// <param name="ungated">Their ungated parameters; what is made here are views.</param>
    public BatchedBackpropagation(NetworkShape shape, Loss loss, Tensor ungated)
    {
        _shape = shape;
        _loss = loss;
        long at = 0;
        _gatedBias = Part(1, shape.GatedWidth);
        _dense = [.. shape.DenseLayers().Select(layer => (Part(layer.Inputs, layer.Outputs), Part(1, layer.Outputs)))];

        Tensor Part(int rows, int columns)
        {
            Tensor part = ungated.narrow(2, at, rows * columns).view(-1, rows, columns);
            at += rows * columns;
            return part;
        }
    }

    /// <summary>Scores [members, rows, outputs].</summary>
    /// <param name="features">[members, rows, columns].</param>
    /// <param name="effective">w [members, columns, gated width].</param>
    public Tensor Scores(Tensor features, Tensor effective) => Forward(features, effective)[^1];

    /// <summary>The weighted sums of losses [members], and the gradients by w and by the ungated parameters.</summary>
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
            _ = _shape.Activation == DGatingActivation.Relu ? slopes.mul_(below.gt(LiveScalar.Of(0))) : slopes.sub_(slopes.mul(below).mul_(below));
        }

        if (_shape.HasSkip)
        {
            slopes = cat([slopes, scoreSlopes], 2);
        }

        ungated[0] = slopes.sum(1, keepdim: true);
        return (
            losses.mul_(batch.Weights.squeeze(-1)).sum(1, type: ScalarType.Float64),
            batch.Features.transpose(1, 2).bmm(slopes),
            ungated.Length > 1 ? cat(ungated, 2) : ungated[0]);
    }

    // The values of every layer, activated but for the scores.
    private Tensor[] Forward(Tensor features, Tensor effective)
    {
        var values = new Tensor[1 + _dense.Length];
        values[0] = features.baddbmm(effective, _gatedBias);
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

    private Tensor Hidden(Tensor gatedValues) => _shape.HasSkip ? gatedValues.narrow(2, 0, _shape.ActivatedWidth) : gatedValues;
}
