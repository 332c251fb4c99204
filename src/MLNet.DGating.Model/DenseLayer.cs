namespace MLNet.DGating.Model;

/// <summary>Holds a dense layer as it is trained, saved and exported: outputs = inputs · weights + bias.</summary>
/// <param name="Inputs">Inputs, at least 0: a model without features has none.</param>
/// <param name="Outputs">Outputs, at least 1.</param>
/// <param name="Weights">[inputs, outputs], row by row.</param>
/// <param name="Bias">[outputs].</param>
internal sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias);
