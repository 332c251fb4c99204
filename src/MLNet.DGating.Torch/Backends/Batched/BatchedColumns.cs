using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Which columns members have, and what is known of each; remade when groups leave.</summary>
internal sealed class BatchedColumns : IDisposable
{
    // Rows of the two tensors, in the order they are written.
    private const int Mean = 0, InverseDeviation = 1, GroupWeight = 2, Kept = 3, Present = 4, NumberCount = 5;
    private const int MatrixColumn = 0, FirstOfGroup = 1, IndexCount = 2;

    private readonly Tensor _numbers;
    private readonly Tensor _indices;

    private BatchedColumns(Tensor numbers, Tensor indices, bool hasWideGroups, bool hasKept)
    {
        _numbers = numbers;
        _indices = indices;
        HasWideGroups = hasWideGroups;
        HasKept = hasKept;
    }

    public int Columns => (int)_numbers.shape[2];

    /// <summary>Whether any group has more than one column.</summary>
    public bool HasWideGroups { get; }

    /// <summary>Whether any group always stays.</summary>
    public bool HasKept { get; }

    /// <summary>[members, 1, columns].</summary>
    public Tensor Means => _numbers.narrow(1, Mean, 1);

    /// <summary>[members, 1, columns]; 0 where a member has no such column: it is 0 there.</summary>
    public Tensor InverseDeviations => _numbers.narrow(1, InverseDeviation, 1);

    /// <summary>s_j of every column's group [members, columns, 1].</summary>
    public Tensor GroupWeights => _numbers.narrow(1, GroupWeight, 1).transpose(1, 2);

    /// <summary>1 where the group always stays [members, columns, 1].</summary>
    public Tensor IsKept => _numbers.narrow(1, Kept, 1).transpose(1, 2);

    /// <summary>1 where the member has such a column [members, 1, columns].</summary>
    public Tensor IsPresent => _numbers.narrow(1, Present, 1);

    /// <summary>Columns of the resident matrix [members, 1, columns].</summary>
    public Tensor MatrixColumns => _indices.narrow(1, MatrixColumn, 1);

    /// <param name="groups">The member's groups.</param>
    /// <param name="features">Their columns.</param>
    /// <param name="type">Of the numbers.</param>
    /// <param name="device">Where to.</param>
    public static BatchedColumns Create(GroupLayout groups, FeatureRows features, ScalarType type, Device device)
    {
        int columns = groups.Columns;
        var numbers = new float[NumberCount * columns];
        var indices = new long[IndexCount * columns];
        for (int j = 0; j < groups.Count; j++)
        {
            for (int column = groups.Starts[j]; column < groups.Starts[j + 1]; column++)
            {
                numbers[Mean * columns + column] = features.Scaling?.Means[column] ?? 0;
                numbers[InverseDeviation * columns + column] = features.Scaling?.InverseDeviations[column] ?? 1;
                numbers[GroupWeight * columns + column] = groups.Weights[j];
                numbers[Kept * columns + column] = groups.IsKept(j) ? 1 : 0;
                numbers[Present * columns + column] = 1;
                indices[MatrixColumn * columns + column] = features.MatrixColumn(column);
                indices[FirstOfGroup * columns + column] = groups.Starts[j];
            }
        }

        using DisposeScope scope = NewDisposeScope();
        return new BatchedColumns(
            tensor(numbers, [1, NumberCount, columns]).to(type).to(device).DetachFromDisposeScope(),
            tensor(indices, [1, IndexCount, columns]).to(device).DetachFromDisposeScope(), groups.Columns > groups.Count, groups.KeptCount > 0);
    }

    public static BatchedColumns Stack(IReadOnlyList<BatchedColumns> members)
    {
        int columns = members.Max(member => member.Columns);
        return new BatchedColumns(
            PaddedStack.Of(members.Select(member => member._numbers), dimension: 2, columns), PaddedStack.Of(members.Select(member => member._indices), dimension: 2, columns),
            members.Any(member => member.HasWideGroups), members.Any(member => member.HasKept));
    }

    /// <summary>Views of the first members.</summary>
    public BatchedColumns First(int members) => new(_numbers.narrow(0, 0, members), _indices.narrow(0, 0, members), HasWideGroups, HasKept);

    /// <summary>For every column [members, columns, 1], the sum over the columns of its group.</summary>
    public Tensor SumOverGroups(Tensor ofColumns)
    {
        if (!HasWideGroups)
        {
            return ofColumns;
        }

        Tensor first = _indices.narrow(1, FirstOfGroup, 1).transpose(1, 2);
        return zeros_like(ofColumns).scatter_add_(1, first, ofColumns).gather(1, first);
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _indices.Dispose();
    }
}
