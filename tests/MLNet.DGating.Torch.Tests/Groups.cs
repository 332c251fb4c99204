using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Groups of a matrix [columns, width] in float64.</summary>
internal static class Groups
{
    public static ReadOnlySpan<double> Of(GroupLayout groups, ReadOnlySpan<double> values, int group)
    {
        int width = values.Length / groups.Columns;
        return values.Slice(groups.Starts[group] * width, groups.Size(group) * width);
    }

    public static double[] Norms(GroupLayout groups, double[] values) =>
        [.. Enumerable.Range(0, groups.Count).Select(j => Near.Norm(Of(groups, values, j)))];
}
