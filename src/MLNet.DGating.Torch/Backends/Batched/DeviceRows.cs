using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>All rows of a training set on a device, once for all members: the features as they came, targets, and weights.</summary>
/// <remarks>
/// Members differ in their columns and in the means and deviations of their training rows, so a batch is gathered and standardized in one
/// go for all of them. Behind the last row stands one of zeros with weight 0: padding.
/// </remarks>
internal sealed class DeviceRows : IDisposable
{
    private const int UploadElements = 1 << 22;
    private readonly Tensor _features;
    private readonly Tensor _targets;
    private readonly Tensor _weights;

    public DeviceRows(FeatureMatrix features, TrainingSet data, ScalarType type, Device device)
    {
        Rows = features.Rows;
        Columns = features.Columns;
        using DisposeScope scope = NewDisposeScope();
        _features = Upload(Columns, features.Read, type, device).DetachFromDisposeScope();
        _targets = Upload(data.TargetWidth, data.ReadTargets, type, device).DetachFromDisposeScope();
        _weights = Upload(1, (row, target) => target[0] = data.Weights?[row] ?? 1, type, device).DetachFromDisposeScope();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The row that −1 stands for.</summary>
    public int Padding => Rows;

    /// <summary>
    /// DeviceBatches one after the other: features [steps, members, rows, columns], standardized, targets and weights [steps, members,
    /// rows, …].
    /// </summary>
    /// <param name="order">Row numbers [steps, members, rows].</param>
    /// <param name="layout">Which columns the members have, and how they are standardized.</param>
    /// <param name="weightScales">Of each member [members, 1, 1].</param>
    public DeviceBatches Gather(Tensor order, BatchedColumns layout, Tensor weightScales)
    {
        Tensor places = layout.MatrixColumns.add(order.unsqueeze(-1), LiveScalar.Of((long)Columns));
        Tensor features = _features.take(places).sub_(layout.Offsets).mul_(layout.Scales).clamp_(layout.Lows, layout.Highs);
        Tensor rows = order.reshape(-1);
        long[] shape = [.. order.shape, -1];
        return new DeviceBatches(features, _targets.index_select(0, rows).view(shape), _weights.index_select(0, rows).view(shape).mul_(weightScales));
    }

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _weights.Dispose();
    }

    // A block of rows at a time: a copy to the device costs the same latency for one row as for many.
    private Tensor Upload(int columns, ReadRow read, ScalarType type, Device device)
    {
        int rowsPerBlock = Math.Max(1, UploadElements / Math.Max(1, columns));
        Tensor resident = zeros(Rows + 1, columns, type, device);
        for (int start = 0; start < Rows; start += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, Rows - start);
            var host = new float[rows * columns];
            for (int i = 0; i < rows; i++)
            {
                read(start + i, host.AsSpan(i * columns, columns));
            }

            using Tensor block = tensor(host, [rows, columns]);
            using Tensor target = resident.narrow(0, start, rows);
            target.copy_(block);
        }

        return resident;
    }

    private delegate void ReadRow(int row, Span<float> target);
}
