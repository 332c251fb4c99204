namespace MLNet.DGating.Model;

/// <summary>Holds a dense layer as it is trained, saved and exported: outputs = inputs · weights + bias.</summary>
/// <param name="Inputs">The number of inputs; 0 for a model without features.</param>
/// <param name="Outputs">The number of outputs, at least 1.</param>
/// <param name="Weights">The weights [inputs, outputs], row by row.</param>
/// <param name="Bias">The bias [outputs].</param>
internal sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias);
