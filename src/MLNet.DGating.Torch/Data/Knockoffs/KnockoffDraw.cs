using MLNet.DGating.Model;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Randomness;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Draws knockoffs of rows, and sets them beside the features that they imitate.</summary>
/// <remarks>A missing value is the mean there, so that a feature and its knockoff vary alike.</remarks>
internal sealed class KnockoffDraw : IDisposable
{
    private readonly KnockoffModel _model;
    private readonly InputEncoding _encoding;
    private readonly NormalNoise _noise;
    private readonly int[] _places;
    private readonly int[] _placesOfKnockoffs;
    private readonly double[] _means;
    private readonly float[] _both;
    private readonly Tensor _map;
    private readonly Tensor _normalMap;

    /// <param name="model">The model of the knockoffs.</param>
    /// <param name="encoding">The standardization of the inputs.</param>
    /// <param name="layout">The places of the groups and of their knockoffs.</param>
    /// <param name="noise">Draws the normal numbers.</param>
    public KnockoffDraw(KnockoffModel model, InputEncoding encoding, KnockoffLayout layout, NormalNoise noise)
    {
        (_model, _encoding, _noise) = (model, encoding, noise);
        // Inputs are ordered by group, so that the places are those of all inputs.
        _places = layout.PlacesOfInputs;
        _placesOfKnockoffs = [.. Enumerable.Range(0, layout.Groups.Inputs).Except(_places)];
        _means = Array.ConvertAll(model.Inputs, input => model.Means[input]);
        _both = new float[layout.Groups.Inputs];
        _map = tensor(model.Map, Inputs, model.Inputs.Length);
        _normalMap = tensor(model.Noise, model.Rank, model.Inputs.Length);
    }

    private int Inputs => _places.Length;

    /// <summary>Draws the knockoffs of some rows.</summary>
    /// <param name="raw">The raw rows [rows, inputs].</param>
    /// <param name="add">Takes each row with its knockoffs; the array is used again.</param>
    public void Draw(ReadOnlySpan<float> raw, Action<float[]> add)
    {
        double[] knockoffs = Standardized(raw);
        for (int i = 0; i < raw.Length / Inputs; i++)
        {
            ReadOnlySpan<float> row = raw.Slice(i * Inputs, Inputs);
            for (int input = 0; input < Inputs; input++)
            {
                _both[_places[input]] = float.IsNaN(row[input]) ? _encoding.Offsets[input] : row[input];
            }

            for (int k = 0; k < _placesOfKnockoffs.Length; k++)
            {
                double standardized = knockoffs[i * _placesOfKnockoffs.Length + k];
                int input = _model.Inputs[k];
                _both[_placesOfKnockoffs[k]] = (float)(_encoding.Offsets[input] + standardized / _encoding.Scales[input]);
            }

            add(_both);
        }
    }

    public void Dispose()
    {
        _map.Dispose();
        _normalMap.Dispose();
    }

    // The standardized knockoffs [rows, inputs with a knockoff].
    private double[] Standardized(ReadOnlySpan<float> raw)
    {
        int rows = raw.Length / Inputs;
        double[] centred = new double[raw.Length];
        float[] row = new float[Inputs], normal = new float[rows * _model.Rank];
        for (int i = 0; i < rows; i++)
        {
            _encoding.Encode(raw.Slice(i * Inputs, Inputs), row);
            Span<double> target = centred.AsSpan(i * Inputs, Inputs);
            TensorPrimitives.ConvertTruncating<float, double>(row, target);
            TensorPrimitives.Subtract(target, _model.Means, target);
        }

        _noise.AddTo(normal, 1);
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor fromRows = tensor(centred, rows, Inputs).matmul(_map);
        Tensor fromNoise = tensor(normal, rows, _model.Rank).to(ScalarType.Float64).matmul(_normalMap);
        return fromRows.add_(fromNoise, LiveScalar.Of(1)).add_(tensor(_means), LiveScalar.Of(1)).data<double>().ToArray();
    }
}
