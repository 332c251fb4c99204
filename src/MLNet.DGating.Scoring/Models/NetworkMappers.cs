using Microsoft.ML.Data;
using Microsoft.ML.Numeric;

namespace MLNet.DGating;

/// <summary>Makes the delegates that ML.NET scores rows with.</summary>
/// <remarks>Each owns its buffers: it is for one thread, and allocates nothing per row.</remarks>
internal static class NetworkMappers
{
    /// <summary>The prediction from the only score.</summary>
    public static ValueMapper<VBuffer<float>, float> CreateScalarMapper(this CollapsedNetwork network, InverseLink link)
    {
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        return (in VBuffer<float> row, ref float prediction) =>
        {
            var predictions = new Span<float>(ref prediction);
            network.Score(in row, predictions, scratch);
            link.Apply(predictions, predictions);
        };
    }

    /// <summary>The predictions from all scores.</summary>
    public static ValueMapper<VBuffer<float>, VBuffer<float>> CreateVectorMapper(this CollapsedNetwork network, InverseLink link)
    {
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        return (in VBuffer<float> row, ref VBuffer<float> predictions) =>
        {
            var editor = VBufferEditor.Create(ref predictions, network.OutputCount);
            network.Score(in row, editor.Values, scratch);
            link.Apply(editor.Values, editor.Values);
            predictions = editor.Commit();
        };
    }

    /// <summary>The contributions of all slots to the only score, cut and normalized as ML.NET's own trainers do.</summary>
    /// <param name="network">The network.</param>
    /// <param name="top">How many positive contributions to keep, the largest first; the others become 0.</param>
    /// <param name="bottom">How many negative contributions to keep.</param>
    /// <param name="normalize">Whether to divide by the largest absolute contribution.</param>
    public static ValueMapper<VBuffer<float>, VBuffer<float>> CreateMapper(
        this NetworkContributions network, int top, int bottom, bool normalize)
    {
        NetworkContributions.Scratch scratch = network.CreateScratch();
        SelectedInputs inputs = network.Network.Inputs;
        return (in VBuffer<float> row, ref VBuffer<float> contributions) =>
        {
            network.Read(in row, scratch);
            var editor = VBufferEditor.Create(ref contributions, inputs.SlotCount, inputs.Slots.Length, requireIndicesOnDense: true);
            network.Contribute(output: 0, editor.Values, scratch);
            inputs.Slots.CopyTo(editor.Indices);
            contributions = editor.Commit();
            VectorUtils.SparsifyNormalize(ref contributions, top, bottom, normalize);
        };
    }

    /// <summary>All scores, ascending; all NaN where one is.</summary>
    public static ValueMapper<VBuffer<float>, VBuffer<float>> CreateSortedMapper(this CollapsedNetwork network)
    {
        ValueMapper<VBuffer<float>, VBuffer<float>> map = network.CreateVectorMapper(IdentityLink.Instance);
        return (in VBuffer<float> row, ref VBuffer<float> sorted) =>
        {
            map(in row, ref sorted);
            var editor = VBufferEditor.CreateFromBuffer(ref sorted);
            editor.Values.Sort();
        };
    }
}
