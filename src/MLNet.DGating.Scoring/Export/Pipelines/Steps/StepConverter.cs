using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Writes steps of a kind as operators of ONNX.</summary>
internal abstract class StepConverter
{
    /// <summary>Writes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="input">The columns before it.</param>
    /// <param name="pipeline">The document, with the variables of those columns; receives those that the step makes.</param>
    /// <returns>Whether the step is of this kind, so that it was written.</returns>
    public abstract bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline);
}
