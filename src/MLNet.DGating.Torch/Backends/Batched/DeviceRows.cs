using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds all rows of a training set on a device: the raw features, targets and weights that all networks share.</summary>
/// <remarks>
/// Networks differ in their columns and in the means and deviations of their training rows, so the batches of all of them are gathered and
/// standardized together. The last row is followed by one of zeros with weight 0, which serves as padding.
/// </remarks>
internal sealed class DeviceRows : IDisposable
{
    /// <summary>The most numbers that are copied to the device at once.</summary>
    private const int UploadElements = 1 << 22;

    private readonly bool _hasMissing;
    private readonly Tensor _features;
    private readonly Tensor _targets;
    private readonly Tensor _weights;

    public DeviceRows(FeatureMatrix features, TrainingSet data, ScalarType type, Device device)
    {
        Rows = features.Rows;
        Columns = features.Columns;
        _hasMissing = features.HasMissing;
        using DisposeScope scope = NewDisposeScope();
        _features = Upload(Columns, features.Read, type, device).DetachFromDisposeScope();
        _targets = Upload(data.TargetWidth, data.ReadTargets, type, device).DetachFromDisposeScope();
        _weights = Upload(1, (row, target) => target[0] = data.Weights?[row] ?? 1, type, device).DetachFromDisposeScope();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The number of the padding row, which −1 stands for elsewhere.</summary>
    public int Padding => Rows;

    /// <summary>Gives the number of a row here; −1 stands for the row of zeros.</summary>
    public long Place(int row) => row < 0 ? Padding : row;

    /// <summary>Gathers and standardizes a batch for each network.</summary>
    /// <param name="order">Row numbers [networks, rows].</param>
    /// <param name="layout">The columns of the networks, and how they are standardized.</param>
    /// <param name="weightScales">The factor of each network's weights [networks, 1, 1].</param>
    public DeviceBatches Gather(Tensor order, BatchedColumns layout, Tensor weightScales)
    {
        Tensor places = layout.MatrixColumns.add(order.unsqueeze(-1), LiveScalar.Of((long)Columns));
        Tensor features = _features.take(places).sub_(layout.Offsets).mul_(layout.Scales).clamp_(layout.Lows, layout.Highs)
            .sub_(layout.Centers);
        features = _hasMissing ? features.nan_to_num_(0) : features;
        Tensor rows = order.reshape(-1);
        long[] shape = [.. order.shape, -1];
        Tensor weights = _weights.index_select(0, rows).view(shape).mul_(weightScales);
        return new DeviceBatches(features, _targets.index_select(0, rows).view(shape), weights);
    }

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _weights.Dispose();
    }

    // Rows are copied in blocks: a copy to the device has the same latency for one row as for many.
    private Tensor Upload(int columns, ReadRow read, ScalarType type, Device device)
    {
        int rowsPerBlock = Math.Max(1, UploadElements / Math.Max(1, columns));
        Tensor resident = zeros(Rows + 1, columns, type, device);
        for (int start = 0; start < Rows; start += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, Rows - start);
            float[] host = new float[rows * columns];
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
