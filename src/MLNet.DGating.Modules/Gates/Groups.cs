using MLNet.DGating.Modules.Gates;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules;

/// <summary>Divides a parameter into groups of weights that stay or go together.</summary>
/// <remarks>
/// A group is one slice of the parameter, or several, along one axis. Several parameters may share their groups: a filter and its bias, a
/// batch normalization's scale and shift (<see cref="ModuleGates.Gate(IReadOnlyList{string}, Groups, double, double)"/>).
/// </remarks>
/// <example>
/// <code>
/// // The four heads of a projection of 64 numbers.
/// using var gates = new ModuleGates(network).Gate("projection.weight", Groups.Heads(4));
/// </code>
/// </example>
public sealed class Groups
{
    private readonly string _name;
    private readonly Func<string, long[], Module, GroupAssignment> _assign;

    private Groups(string name, Func<string, long[], Module, GroupAssignment> assign)
    {
        _name = name;
        _assign = assign;
    }

    /// <summary>One group for each output channel: a filter of a convolution, a row of a linear layer, an element of a vector.</summary>
    /// <remarks>The axis is 0, but 1 for the weight of a transposed convolution.</remarks>
    public static Groups OutputChannels { get; } =
        new("output channels", (name, shape, owner) => Slices(shape, shape.Length > 1 ? OutputAxis(name, owner) : 0));

    /// <summary>One group for each input channel: what reads a channel in all filters, or a column of a linear layer.</summary>
    /// <remarks>The axis is 1, but 0 for the weight of a transposed convolution.</remarks>
    public static Groups InputChannels { get; } =
        new("input channels", (name, shape, owner) => Slices(AtLeastTwo(name, shape), IsTransposed(owner) ? 0 : 1));

    /// <summary>One group for each row (axis 0): the embedding of a token, for example.</summary>
    public static Groups Rows { get; } = new("rows", (_, shape, _) => Slices(shape, 0));

    /// <summary>One group for each column (axis 1).</summary>
    public static Groups Columns { get; } = new("columns", (name, shape, _) => Slices(AtLeastTwo(name, shape), 1));

    /// <summary>One group for the whole parameter.</summary>
    public static Groups Whole { get; } = new("whole", (_, shape, _) => new(0, new int[(int)shape[0]], 1));

    /// <summary>Divides the rows into blocks of equal size, one for each attention head.</summary>
    /// <param name="count">The number of heads, at least 1. It must divide the number of rows.</param>
    public static Groups Heads(int count) => Blocks(0, count);

    /// <summary>Divides an axis into adjacent blocks of equal size.</summary>
    /// <param name="axis">The axis: 0 for rows, 1 for columns, and so on.</param>
    /// <param name="count">The number of blocks, at least 1. It must divide the length of the axis.</param>
    public static Groups Blocks(int axis, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new($"{count} blocks along axis {axis}", (name, shape, _) => Divide(name, shape, axis, count));
    }

    /// <summary>Lists the slices of every group. Slices in no group are trained without a gate and without a penalty.</summary>
    /// <param name="axis">The axis that is divided.</param>
    /// <param name="groups">The slices of each group, from 0; no slice in two groups, and no group empty.</param>
    public static Groups Of(int axis, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfZero(groups.Count, nameof(groups));
        return new($"{groups.Count} groups along axis {axis}", (name, shape, _) => Listed(name, shape, axis, groups));
    }

    /// <summary>Names the division.</summary>
    public override string ToString() => _name;

    internal GroupAssignment Assign(string parameter, long[] shape, Module owner) =>
        shape.Length == 0
            ? throw new ArgumentException($"Parameter '{parameter}' is a single number, which has no groups. Leave it ungated.")
            : _assign(parameter, shape, owner);

    private static int OutputAxis(string name, Module owner) => owner is Convolution { transposed: true, groups: > 1 } grouped
        ? throw new ArgumentException(
            $"The outputs of '{name}' lie along no axis: it is a transposed convolution in {grouped.groups} groups. Gate its groups as a "
            + $"whole, by Groups.Blocks(0, {grouped.groups}).")
        : IsTransposed(owner) ? 1 : 0;

    private static bool IsTransposed(Module owner) => owner is Convolution { transposed: true };

    private static long[] AtLeastTwo(string name, long[] shape) => shape.Length > 1
        ? shape
        : throw new ArgumentException($"Parameter '{name}' has one axis, and groups were asked for along its second. Use Groups.Rows.");

    private static GroupAssignment Slices(long[] shape, int axis)
    {
        int count = (int)shape[axis];
        return new(axis, [.. Enumerable.Range(0, count)], count);
    }

    private static GroupAssignment Divide(string name, long[] shape, int axis, int count)
    {
        int length = Length(name, shape, axis);
        if (length % count != 0)
        {
            throw new ArgumentException(
                $"Parameter '{name}' has {length} slices along axis {axis}, which {count} groups do not divide. "
                + "Take a number of heads or blocks that does, or list the groups with Groups.Of.");
        }

        return new(axis, [.. Enumerable.Range(0, length).Select(slice => slice / (length / count))], count);
    }

    private static GroupAssignment Listed(string name, long[] shape, int axis, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        int[] groupOf = new int[Length(name, shape, axis)];
        Array.Fill(groupOf, -1);
        for (int j = 0; j < groups.Count; j++)
        {
            if (groups[j].Count == 0)
            {
                throw new ArgumentException($"Group {j} of parameter '{name}' is empty. Give it a slice, or leave it out.");
            }

            foreach (int slice in groups[j])
            {
                if (slice < 0 || slice >= groupOf.Length || groupOf[slice] >= 0)
                {
                    throw new ArgumentException(
                        $"Slice {slice} in group {j} of parameter '{name}' must be from 0 to {groupOf.Length - 1} and in no other group.");
                }

                groupOf[slice] = j;
            }
        }

        return new(axis, groupOf, groups.Count);
    }

    private static int Length(string name, long[] shape, int axis) => axis < shape.Length
        ? (int)shape[axis]
        : throw new ArgumentException($"Parameter '{name}' has {shape.Length} axes, and groups were asked for along axis {axis}.");
}
