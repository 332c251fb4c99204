namespace MLNet.DGating.Model;

/// <summary>Describes one matrix of a network's parameters.</summary>
/// <param name="Name">The name of the matrix, such as "gated.weights" or "dense1.bias".</param>
/// <param name="Rows">The number of rows: the inputs of the layer, or 1 for a bias.</param>
/// <param name="Columns">The number of columns: the outputs of the layer.</param>
/// <param name="Decays">
/// Whether the matrix has plain L2 decay, as weights above the gated layer have. Biases have none, gated weights have the gate penalty.
/// </param>
internal readonly record struct ParameterBlock(string Name, int Rows, int Columns, bool Decays)
{
    public int Size => Rows * Columns;
}
