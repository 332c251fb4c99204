namespace MLNet.DGating;

/// <summary>A dense layer as it is trained, saved and exported: outputs = inputs · weights + bias.</summary>
internal sealed class DenseLayer
{
    /// <param name="inputCount">Inputs, at least 0 (a model without features has none).</param>
    /// <param name="outputCount">Outputs, at least 1.</param>
    /// <param name="weights">Row-major [in, out], finite.</param>
    /// <param name="bias">One for each output, finite.</param>
    public DenseLayer(int inputCount, int outputCount, float[] weights, float[] bias)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputCount, 1);
        Numbers.CheckFinite(weights, (long)inputCount * outputCount, nameof(weights));
        Numbers.CheckFinite(bias, outputCount, nameof(bias));

        InputCount = inputCount;
        OutputCount = outputCount;
        Weights = weights;
        Bias = bias;
    }

    public int InputCount { get; }

    public int OutputCount { get; }

    public float[] Weights { get; }

    public float[] Bias { get; }
}
