using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Copies losses, parameters and measures of all networks of a batch to the host, in one transfer.</summary>
internal static class IterationReadback
{
    public static IterationResult[] Of(
        IReadOnlyList<BatchedNetwork> networks, BatchedParameters parameters, BatchedDescent descent, Tensor lossSums)
    {
        (Tensor norms, Tensor gradientNorms) = descent.Measure();
        Tensor[] parts = [lossSums, norms, gradientNorms, parameters.Gates, parameters.Primary, parameters.Ungated];
        Tensor all = cat([.. parts.Select(part => part.reshape(networks.Count, -1).to(ScalarType.Float32))], 1);
        float[] host = all.cpu().data<float>().ToArray();
        int length = host.Length / networks.Count;
        return [.. networks.Select((network, i) => Split(network, host.AsSpan(i * length, length), parameters.Columns))];
    }

    private static IterationResult Split(BatchedNetwork network, ReadOnlySpan<float> values, int columns)
    {
        GroupLayout groups = network.Groups;
        NetworkShape shape = network.Shape;
        float loss = values[0];
        float[] norms = OfGroups(values.Slice(1, columns)), gradientNorms = OfGroups(values.Slice(1 + columns, columns));
        float[] gates = OfGroups(values.Slice(1 + 2 * columns, columns));
        ReadOnlySpan<float> rest = values[(1 + 3 * columns)..];
        float[] primary = rest[..(groups.Columns * shape.GatedWidth)].ToArray();
        var state = NetworkState.FromUngated(shape, primary, gates, rest[(columns * shape.GatedWidth)..]);
        return new IterationResult(loss, state, new GroupMeasures(norms, gradientNorms));

        // All columns of a group have the same value, so the first stands for the group.
        float[] OfGroups(ReadOnlySpan<float> ofColumns)
        {
            float[] ofGroups = new float[groups.Count];
            for (int j = 0; j < ofGroups.Length; j++)
            {
                ofGroups[j] = ofColumns[groups.Starts[j]];
            }

            return ofGroups;
        }
    }
}
