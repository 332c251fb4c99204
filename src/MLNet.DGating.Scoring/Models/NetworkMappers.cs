using Microsoft.ML.Data;

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
