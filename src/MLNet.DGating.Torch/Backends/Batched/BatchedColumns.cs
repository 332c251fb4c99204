using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Which columns the networks of a batch have, and what is known of each; remade when groups leave.</summary>
internal sealed class BatchedColumns : IDisposable
{
    // Rows of the two tensors, in the order they are written.
    private const int Offset = 0, Scale = 1, Low = 2, High = 3, GroupWeight = 4, Kept = 5, Present = 6, NumberCount = 7;
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

    /// <summary>Columns of the widest network.</summary>
    public int Count => (int)_numbers.shape[2];

    /// <summary>Whether any group has more than one column.</summary>
    public bool HasWideGroups { get; }

    /// <summary>Whether any group always stays.</summary>
    public bool HasKept { get; }

    /// <summary>Subtracted from the inputs [networks, 1, columns].</summary>
    public Tensor Offsets => _numbers.narrow(1, Offset, 1);

    /// <summary>Multiplies the differences [networks, 1, columns]; 0 where a network has no such column: it is 0 there.</summary>
    public Tensor Scales => _numbers.narrow(1, Scale, 1);

    /// <summary>The least value of each column [networks, 1, columns].</summary>
    public Tensor Lows => _numbers.narrow(1, Low, 1);

    /// <summary>The greatest value of each column [networks, 1, columns].</summary>
    public Tensor Highs => _numbers.narrow(1, High, 1);

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
        InputEncoding? encoding = features.Encoding;
        for (int j = 0; j < groups.Count; j++)
        {
            int column = groups.Starts[j];
            for (int input = groups.InputStarts[j]; input < groups.InputStarts[j + 1]; input++)
            {
                int end = column + (encoding?.ColumnCount(input) ?? 1);
                for (; column < end; column++)
                {
                    numbers[Offset * columns + column] = encoding?.Offsets[column] ?? 0;
                    numbers[Scale * columns + column] = encoding?.Scales[column] ?? 1;
                    numbers[Low * columns + column] = encoding?.Lows[column] ?? float.NegativeInfinity;
                    numbers[High * columns + column] = encoding?.Highs[column] ?? float.PositiveInfinity;
                    numbers[GroupWeight * columns + column] = groups.Weights[j];
                    numbers[Kept * columns + column] = groups.IsKept(j) ? 1 : 0;
                    numbers[Present * columns + column] = 1;
                    indices[MatrixColumn * columns + column] = features.MatrixColumn(input);
                    indices[FirstOfGroup * columns + column] = groups.Starts[j];
                }
            }
        }

        using DisposeScope scope = NewDisposeScope();
        return new BatchedColumns(
            tensor(numbers, [1, NumberCount, columns]).to(type).to(device).DetachFromDisposeScope(),
            tensor(indices, [1, IndexCount, columns]).to(device).DetachFromDisposeScope(), groups.Columns > groups.Count, groups.KeptCount > 0);
    }

    public static BatchedColumns Stack(IReadOnlyList<BatchedColumns> members)
    {
        int columns = members.Max(member => member.Count);
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
