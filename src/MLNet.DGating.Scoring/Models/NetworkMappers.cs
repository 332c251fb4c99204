using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>A network as the delegates ML.NET scores rows with. Each owns its buffers: for one thread, without allocation per row.</summary>
internal static class NetworkMappers
{
    /// <summary>The only output.</summary>
    public static ValueMapper<VBuffer<float>, float> CreateScalarMapper(this CollapsedNetwork network)
    {
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        return (in VBuffer<float> row, ref float score) => network.Score(in row, new Span<float>(ref score), scratch);
    }

    /// <summary>The softmax of the outputs.</summary>
    public static ValueMapper<VBuffer<float>, VBuffer<float>> CreateProbabilityMapper(this CollapsedNetwork network)
    {
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        return (in VBuffer<float> row, ref VBuffer<float> probabilities) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref probabilities, network.OutputCount);
            network.Score(in row, editor.Values, scratch);
            Softmax(editor.Values);
            probabilities = editor.Commit();
        };
    }

    // Subtracting the largest logit first keeps the exponentials from overflowing. NaN stays NaN.
    private static void Softmax(Span<float> values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Max<float>(values), values);
        TensorPrimitives.Exp(values, values);
        TensorPrimitives.Divide(values, TensorPrimitives.Sum<float>(values), values);
    }
}
