namespace MLNet.DGating.Torch.Network;

/// <summary>
/// Layers of the network behind the features. The gated layer is what leaves the features: the first hidden layer's columns
/// and, with a skip connection, the linear weights to the outputs beside them, so that a group is [first-layer row, skip row].
/// Without hidden layers the gated layer is a linear model.
/// </summary>
internal sealed record NetworkShape(IReadOnlyList<int> Hidden, int Outputs, bool Skip, NetworkActivation Activation)
{
    /// <summary>The size of scores; the weights of the layer that gives them start at that size.</summary>
    public float ScoreUnit { get; init; } = 1;

    public bool HasHidden => Hidden.Count > 0;

    public bool HasSkip => Skip && HasHidden;

    /// <summary>Columns of the gated layer that pass through the activation.</summary>
    public int ActivatedWidth => HasHidden ? Hidden[0] : 0;

    /// <summary>Columns of the gated layer.</summary>
    public int GatedWidth => HasHidden ? Hidden[0] + (Skip ? Outputs : 0) : Outputs;

    /// <summary>Inputs and outputs of each layer above the gated one.</summary>
    public IEnumerable<(int Inputs, int Outputs)> DenseLayers()
    {
        for (int i = 0; i < Hidden.Count; i++)
        {
            yield return (Hidden[i], i + 1 < Hidden.Count ? Hidden[i + 1] : Outputs);
        }
    }

    /// <summary>Parameters of each kind: w of so many columns, the gated layer's bias, then weights and bias of each layer above.</summary>
    public IEnumerable<int> ParameterSizes(int columns) =>
        [columns * GatedWidth, GatedWidth, .. DenseLayers().SelectMany(layer => (int[])[layer.Inputs * layer.Outputs, layer.Outputs])];

    /// <summary>A state whose ungated parameters stand one behind the other, in the same order.</summary>
    public NetworkState State(float[] primary, float[] gates, ReadOnlySpan<float> ungated)
    {
        var parts = new List<float[]>();
        foreach (int size in ParameterSizes(0).Skip(1))
        {
            parts.Add(ungated[..size].ToArray());
            ungated = ungated[size..];
        }

        return new NetworkState(primary, gates, parts[0], [.. parts.Skip(1).Chunk(2).Select(layer => (layer[0], layer[1]))]);
    }
}
