namespace MLNet.DGating.Model;

/// <summary>Describes the layers of a network and the order of its parameters.</summary>
/// <remarks>
/// The gated layer has all weights of the inputs: those of the first hidden layer and, with a skip connection, those of the linear
/// connection to the outputs behind them. Without hidden layers the gated layer is a linear model.
/// </remarks>
/// <param name="Hidden">The number of neurons of each hidden layer, from the inputs to the outputs; may be empty.</param>
/// <param name="Outputs">The number of scores of a row, at least 1.</param>
/// <param name="Skip">Whether the inputs are also connected linearly to the outputs.</param>
/// <param name="Activation">The function of the hidden neurons.</param>
internal sealed record NetworkShape(IReadOnlyList<int> Hidden, int Outputs, bool Skip, DGatingActivation Activation)
{
    /// <summary>The score of a target of 1. The initial weights of the last layer are scaled by it.</summary>
    public float ScoreUnit { get; init; } = 1;

    public bool HasHidden => Hidden.Count > 0;

    public bool HasSkip => Skip && HasHidden;

    /// <summary>The number of columns of the gated layer that pass through the activation.</summary>
    public int ActivatedWidth => HasHidden ? Hidden[0] : 0;

    /// <summary>The number of columns of the gated layer.</summary>
    public int GatedWidth => HasHidden ? Hidden[0] + (Skip ? Outputs : 0) : Outputs;

    /// <summary>Gives the numbers of inputs and outputs of each layer above the gated layer.</summary>
    public IEnumerable<(int Inputs, int Outputs)> DenseLayers()
    {
        for (int i = 0; i < Hidden.Count; i++)
        {
            yield return (Hidden[i], i + 1 < Hidden.Count ? Hidden[i + 1] : Outputs);
        }
    }

    /// <summary>Lists all parameters: the gated weights, then the ungated parameters.</summary>
    /// <param name="inputColumns">The number of columns of the encoded inputs, which are the rows of the gated weights.</param>
    public IReadOnlyList<ParameterBlock> Blocks(int inputColumns) =>
        [new("gated.weights", inputColumns, GatedWidth, Decays: false), .. UngatedBlocks()];

    /// <summary>Lists the parameters without gates: the gated layer's bias, then weights and bias of each layer above.</summary>
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
