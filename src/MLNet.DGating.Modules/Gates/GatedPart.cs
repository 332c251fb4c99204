using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Gates;

/// <summary>One parameter of a module that is divided into gated groups.</summary>
/// <remarks>
/// The parameter stays the module's own: it holds w, and the backward pass gives its gradient. It is asked for anew each time, since a
/// module that moves to another device has new parameters.
/// </remarks>
internal sealed class GatedPart(string name, Module owner, string local, GroupAssignment assignment) : IDisposable
{
    private readonly bool _isOneToOne = assignment.GroupOf.Index().All(slice => slice.Index == slice.Item);
    private Tensor? _index;

    public string Name => name;

    public Module Owner => owner;

    public string Local => local;

    public int Groups => assignment.Count;

    public bool CoversAll => assignment.CoversAll;

    /// <summary>w, and with it ∂L/∂w.</summary>
    public Parameter Weight => owner.get_parameter(local)!;

    /// <summary>Gives every slice the number of its group, in a shape that broadcasts to the parameter's.</summary>
    /// <param name="ofGroups">A number for each group [groups].</param>
    /// <param name="outside">The number of slices in no group.</param>
    public Tensor Expand(Tensor ofGroups, double outside)
    {
        Tensor all = CoversAll ? ofGroups : cat([ofGroups, full(1, outside, ofGroups.dtype, ofGroups.device)]);
        long[] shape = new long[Weight.ndim];
        Array.Fill(shape, 1);
        shape[assignment.Axis] = assignment.GroupOf.Length;
        return (_isOneToOne ? all : all.index_select(0, Index(all.device))).view(shape);
    }

    /// <summary>Adds the sums of the values of each group to given ones, in place.</summary>
    /// <param name="sums">The sums [groups].</param>
    /// <param name="values">A number for each weight, in the parameter's shape.</param>
    public void AddSums(Tensor sums, Tensor values)
    {
        long[] others = [.. Enumerable.Range(0, (int)values.ndim).Where(axis => axis != assignment.Axis).Select(axis => (long)axis)];
        Tensor ofSlices = others.Length == 0 ? values : values.sum(others);
        Tensor all = zeros(Groups + 1, sums.dtype, sums.device);
        all.index_add_(0, Index(sums.device), ofSlices.to_type(sums.dtype), Scalars.One);
        sums.add_(all.narrow(0, 0, Groups), Scalars.One);
    }

    /// <summary>Lists the positions of every group's weights in the flattened parameter.</summary>
    public long[][] Positions()
    {
        long[] shape = Weight.shape;
        long inner = shape.Skip(assignment.Axis + 1).Aggregate(1L, (a, b) => a * b), length = shape[assignment.Axis];
        long total = shape.Aggregate(1L, (a, b) => a * b);
        var positions = new List<long>[Groups];
        for (int j = 0; j < Groups; j++)
        {
            positions[j] = [];
        }

        for (long i = 0; i < total; i++)
        {
            int group = assignment.GroupOf[i / inner % length];
            if (group >= 0)
            {
                positions[group].Add(i);
            }
        }

        return [.. positions.Select(list => list.ToArray())];
    }

    public void Dispose() => _index?.Dispose();

    // The group of each slice; slices in no group are one more group behind the others.
    private Tensor Index(Device device)
    {
        if (_index is null || _index.device_type != device.type || _index.device_index != device.index)
        {
            _index?.Dispose();
            using Tensor onHost = tensor([.. assignment.GroupOf.Select(group => (long)(group < 0 ? Groups : group))]);
            _index = onHost.to(device, copy: true).DetachFromDisposeScope();
        }

        return _index;
    }
}
