using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>What comes back to the host after an iteration, of all members in one piece: losses, parameters and measures.</summary>
internal static class IterationReadback
{
    public static IterationResult[] Of(IReadOnlyList<BatchedNetwork> members, BatchedParameters parameters, BatchedDescent descent, Tensor lossSums)
    {
        int columns = parameters.Columns;
        (Tensor norms, Tensor gradientNorms) = descent.Measure();
        Tensor all = cat(
            [.. ((Tensor[])[lossSums, norms, gradientNorms, parameters.Gates, parameters.Primary, parameters.Ungated]).Select(part => part.reshape(members.Count, -1).to(ScalarType.Float32))], 1);
        float[] host = all.cpu().data<float>().ToArray();
        int length = host.Length / members.Count;
        return [.. members.Select((member, m) => Split(member, host.AsSpan(m * length, length), columns))];
    }

    private static IterationResult Split(BatchedNetwork member, ReadOnlySpan<float> values, int columns)
    {
        GroupLayout groups = member.Groups;
        NetworkShape shape = member.Shape;
        float loss = values[0];
        float[] norms = OfGroups(values.Slice(1, columns)), gradientNorms = OfGroups(values.Slice(1 + columns, columns)), gates = OfGroups(values.Slice(1 + 2 * columns, columns));
        ReadOnlySpan<float> rest = values[(1 + 3 * columns)..];
        float[] primary = rest[..(groups.Columns * shape.GatedWidth)].ToArray();
        return new IterationResult(loss, NetworkState.FromUngated(shape, primary, gates, rest[(columns * shape.GatedWidth)..]), new GroupMeasures(norms, gradientNorms));

        // All columns of a group have the same.
        float[] OfGroups(ReadOnlySpan<float> ofColumns)
        {
            var ofGroups = new float[groups.Count];
            for (int j = 0; j < ofGroups.Length; j++)
            {
                ofGroups[j] = ofColumns[groups.Starts[j]];
            }

            return ofGroups;
        }
    }
}
