namespace MLNet.DGating.Model;

/// <summary>Describes the layers of a network behind its inputs, and how its parameters are ordered.</summary>
/// <remarks>
/// The gated layer is what leaves the inputs: the first hidden layer's columns and, with a skip connection, the linear weights to the
/// outputs beside them, so that an input's row is [first-layer row, skip row]. Without hidden layers the gated layer is a linear model.
/// </remarks>
/// <param name="Hidden">Neurons of each hidden layer, from the inputs to the outputs; may be empty.</param>
/// <param name="Outputs">Scores of a row, at least 1.</param>
/// <param name="Skip">Whether the inputs also reach the outputs linearly, past the hidden layers.</param>
/// <param name="Activation">The function of the hidden neurons.</param>
internal sealed record NetworkShape(IReadOnlyList<int> Hidden, int Outputs, bool Skip, DGatingActivation Activation)
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

    /// <summary>All parameters: the gated weights, then the ungated ones.</summary>
    /// <param name="inputColumns">Columns of the encoded inputs: rows of the gated weights.</param>
    public IReadOnlyList<ParameterBlock> Blocks(int inputColumns) =>
        [new("gated.weights", inputColumns, GatedWidth, Decays: false), .. UngatedBlocks()];

    /// <summary>The parameters without gates: the gated layer's bias, then weights and bias of each layer above.</summary>
    public IEnumerable<ParameterBlock> UngatedBlocks()
    {
        yield return new("gated.bias", 1, GatedWidth, Decays: false);
        int number = 0;
        foreach ((int inputs, int outputs) in DenseLayers())
        {
            number++;
            yield return new($"dense{number}.weights", inputs, outputs, Decays: true);
            yield return new($"dense{number}.bias", 1, outputs, Decays: false);
        }
    }
}
