using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes the columns of the networks of a batch. It is made again when groups leave.</summary>
internal sealed class BatchedColumns : IDisposable
{
    // Rows of the two tensors, in the order in which they are stored.
    private const int Offset = 0, Scale = 1, Low = 2, High = 3, Center = 4, GroupWeight = 5, Kept = 6, Present = 7,
        SkipFactor = 8, NumberCount = 9;
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

    /// <summary>The number of columns of the widest network.</summary>
    public int Count => (int)_numbers.shape[2];

    /// <summary>Whether any group has more than one column.</summary>
    public bool HasWideGroups { get; }

    /// <summary>Whether any group always stays.</summary>
    public bool HasKept { get; }

    /// <summary>The offsets that are subtracted from the inputs [networks, 1, columns].</summary>
    public Tensor Offsets => _numbers.narrow(1, Offset, 1);

    /// <summary>The factors of the differences [networks, 1, columns]; 0 where a network has no such column.</summary>
    public Tensor Scales => _numbers.narrow(1, Scale, 1);

    /// <summary>The least value of each column [networks, 1, columns].</summary>
    public Tensor Lows => _numbers.narrow(1, Low, 1);

    /// <summary>The greatest value of each column [networks, 1, columns].</summary>
    public Tensor Highs => _numbers.narrow(1, High, 1);

    /// <summary>What is subtracted from each column after it was clipped [networks, 1, columns].</summary>
    public Tensor Centers => _numbers.narrow(1, Center, 1);

    /// <summary>The factors of each column for the skip connection [networks, columns, 1].</summary>
    public Tensor SkipFactors => _numbers.narrow(1, SkipFactor, 1).transpose(1, 2);

    /// <summary>The penalty weight s_j of every column's group [networks, columns, 1].</summary>
    public Tensor GroupWeights => _numbers.narrow(1, GroupWeight, 1).transpose(1, 2);

    /// <summary>1 where the column's group always stays, else 0 [networks, columns, 1].</summary>
    public Tensor IsKept => _numbers.narrow(1, Kept, 1).transpose(1, 2);

    /// <summary>1 where the network has such a column, else 0 [networks, 1, columns].</summary>
    public Tensor IsPresent => _numbers.narrow(1, Present, 1);

    /// <summary>The number of each column in the resident matrix [networks, 1, columns].</summary>
    public Tensor MatrixColumns => _indices.narrow(1, MatrixColumn, 1);

    /// <summary>Uploads the columns of one network.</summary>
    /// <param name="groups">The groups of the network.</param>
    /// <param name="features">The rows, which have the columns of these groups.</param>
    /// <param name="type">The floating-point type of the numbers.</param>
    /// <param name="device">The device to upload to.</param>
    public static BatchedColumns Create(GroupLayout groups, FeatureRows features, ScalarType type, Device device)
    {
        int columns = groups.Columns;
        float[] numbers = new float[NumberCount * columns];
        long[] indices = new long[IndexCount * columns];
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
                    numbers[Center * columns + column] = encoding?.Centers.Length > 0 ? encoding.Centers[column] : 0;
                    numbers[SkipFactor * columns + column] = groups.SkipFactors.Length > 0 ? groups.SkipFactors[column] : 1;
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
            tensor(indices, [1, IndexCount, columns]).to(device).DetachFromDisposeScope(),
            groups.Columns > groups.Count, groups.KeptCount > 0);
    }

    /// <summary>Copies the columns of single networks into one object.</summary>
    /// <param name="networks">The columns of each network.</param>
    /// <param name="columns">The number of columns of the object, at least that of every network.</param>
    public static BatchedColumns Stack(IReadOnlyList<BatchedColumns> networks, int columns)
    {
        return new BatchedColumns(
            PaddedStack.Of(networks.Select(network => network._numbers), dimension: 2, columns),
            PaddedStack.Of(networks.Select(network => network._indices), dimension: 2, columns),
            networks.Any(network => network.HasWideGroups), networks.Any(network => network.HasKept));
    }

    /// <summary>Copies columns of the same sizes.</summary>
    public void CopyFrom(BatchedColumns other)
    {
        _numbers.copy_(other._numbers);
        _indices.copy_(other._indices);
    }

    /// <summary>Copies the columns; the caller owns the copy.</summary>
    public BatchedColumns Clone() =>
        new(_numbers.clone().DetachFromDisposeScope(), _indices.clone().DetachFromDisposeScope(), HasWideGroups, HasKept);

    /// <summary>Gives for every column the sum over the columns of its group.</summary>
    /// <param name="ofColumns">One number a column [networks, columns, 1].</param>
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
