namespace MLNet.DGating.Model;

/// <summary>One matrix of a network's parameters, in the order in which all of them are stored and read.</summary>
/// <param name="Name">What it is, such as "gated.weights" or "dense1.bias".</param>
/// <param name="Rows">Its rows: inputs of a layer, or 1 for a bias.</param>
/// <param name="Columns">Its columns: outputs of a layer.</param>
/// <param name="Decays">
/// Whether plain L2 decay pulls at it: weights above the gated layer. Biases are free, gated weights have the gate penalty.
/// </param>
internal readonly record struct ParameterBlock(string Name, int Rows, int Columns, bool Decays)
{
    public int Size => Rows * Columns;
}
