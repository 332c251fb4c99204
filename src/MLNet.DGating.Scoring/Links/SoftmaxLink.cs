using System.Numerics.Tensors;

namespace MLNet.DGating;

/// <summary>Predicts a probability for each class: e^score over the sum of all (docs/theory.md §12).</summary>
internal sealed class SoftmaxLink : InverseLink
{
    private SoftmaxLink()
    {
    }

    public static SoftmaxLink Instance { get; } = new();

    // Subtracting the largest score first keeps the exponentials from overflowing.
    public override void Apply(ReadOnlySpan<float> scores, Span<float> predictions)
    {
        predictions = predictions[..scores.Length];
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), predictions);
        TensorPrimitives.Exp(predictions, predictions);
        TensorPrimitives.Divide(predictions, TensorPrimitives.Sum<float>(predictions), predictions);
    }

    public override string AddTo(IOnnxGraph graph, string scores) => graph.AddNode("Softmax", [scores], OnnxAttribute.Axis(1));
}
