using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds what an iteration gave for one network, on the host. The parameters stay on the device.</summary>
/// <param name="Loss">The sum over the iteration's steps of the mean loss of a batch.</param>
/// <param name="IsFinite">Whether all parameters are finite.</param>
/// <param name="Measures">The measures of its groups at the iteration's λ.</param>
internal sealed record IterationResult(float Loss, bool IsFinite, GroupMeasures Measures)
{
    /// <summary>Copies losses and measures of all networks of a batch to the host, in one transfer.</summary>
    /// <param name="layouts">The groups of each network.</param>
    /// <param name="parameters">The parameters of all networks.</param>
    /// <param name="descent">Measures the groups.</param>
    /// <param name="lossSums">The sums of losses [networks].</param>
    public static IterationResult[] Read(
        IReadOnlyList<GroupLayout> layouts, BatchedParameters parameters, BatchedDescent descent, Tensor lossSums)
    {
        (Tensor norms, Tensor gradientNorms) = descent.Measure();
        Tensor[] parts = [lossSums, parameters.AreFinite(), norms, gradientNorms];
        float[] host = HostCopy.Floats(cat(
            [.. parts.Select(part => part.reshape(layouts.Count, -1).to(ScalarType.Float32))], 1));
        int length = host.Length / layouts.Count;
        return [.. layouts.Select((groups, i) => Of(groups, host.AsSpan(i * length, length), parameters.Columns))];
    }

    private static IterationResult Of(GroupLayout groups, ReadOnlySpan<float> values, int columns)
    {
        float[] norms = groups.FirstOfEach(values.Slice(2, columns)), gradientNorms = groups.FirstOfEach(values[(2 + columns)..]);
        return new IterationResult(values[0], values[1] != 0, new GroupMeasures(norms, gradientNorms));
    }
}
