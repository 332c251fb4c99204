using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>What an iteration needs from the host, sent once.</summary>
/// <remarks>
/// The order of rows is drawn on the host from each member's own stream: so a device sees the batches that the CPU would, and a member sees
/// the same ones whoever else takes part.
/// </remarks>
internal sealed class IterationPlan
{
    // Behind the rates, one row each.
    private const int Lambda = 0, InputNoise = 1, WeightScale = 2, OtherNumbers = 3;

    private readonly int _steps;
    private readonly Tensor _order;
    private readonly Tensor _numbers;
    private Tensor? _noisePlaces;

    public IterationPlan(PendingIteration[] batch, DeviceRows rows, ScalarType type, Device device)
    {
        _steps = batch.Max(pending => pending.Iteration.Steps);
        BatchRows = batch.Max(pending => pending.Iteration.BatchRows);
        int width = BatchRows + 1;
        var order = new long[_steps * batch.Length * width];
        var numbers = new double[(_steps + OtherNumbers) * batch.Length];
        Array.Fill(order, rows.Padding);
        for (int m = 0; m < batch.Length; m++)
        {
            Iteration iteration = batch[m].Iteration;
            for (int s = 0; s < iteration.Steps; s++)
            {
                Span<long> line = order.AsSpan((s * batch.Length + m) * width, width);
                ReadOnlySpan<int> rowsOfStep = iteration.Batch(s);
                for (int i = 0; i < rowsOfStep.Length; i++)
                {
                    line[i] = rowsOfStep[i] < 0 ? rows.Padding : rowsOfStep[i];
                }

                line[BatchRows] = iteration.Step.InputNoise > 0 ? batch[m].Network.NextNoisePlace() : 0;
                numbers[s * batch.Length + m] = BatchedDescent.Rate(iteration.LearningRates[s], iteration.Step.Momentum);
            }

            numbers[(_steps + Lambda) * batch.Length + m] = 2 * iteration.Step.Lambda / iteration.Step.GateDepth;
            numbers[(_steps + InputNoise) * batch.Length + m] = iteration.Step.InputNoise;
            numbers[(_steps + WeightScale) * batch.Length + m] = (double)batch[m].Network.WeightScale / iteration.BatchRows;
        }

        _order = tensor(order, [_steps, batch.Length, width]).to(device);
        _numbers = tensor(numbers, [_steps + OtherNumbers, batch.Length, 1, 1]).to(type).to(device);
    }

    /// <summary>Of the widest member.</summary>
    public int BatchRows { get; }

    /// <summary>2λ/D [members, 1, 1].</summary>
    public Tensor Lambdas => _numbers.select(0, _steps + Lambda);

    /// <summary>Deviations [members, 1, 1].</summary>
    public Tensor InputNoises => _numbers.select(0, _steps + InputNoise);

    /// <summary>[members, 1, 1]; over the rows of a batch, so that a gradient is that of the mean.</summary>
    public Tensor WeightScales => _numbers.select(0, _steps + WeightScale);

    /// <summary>Row numbers [steps, members, rows].</summary>
    public Tensor Order(int start, int steps, int members) => _order.narrow(0, start, steps).narrow(1, 0, members).narrow(2, 0, BatchRows);

    /// <summary><see cref="BatchedDescent.Rate"/> [members, 1, 1].</summary>
    public Tensor Rates(int step, int members) => _numbers.select(0, step).narrow(0, 0, members);

    /// <summary>Standard normal numbers [steps, members, rows, columns].</summary>
    public Tensor Noise(Tensor table, BatchedColumns layout, int start, int steps, int members)
    {
        // A member reads its batch's numbers one after the other, as if it were alone.
        _noisePlaces ??= arange(BatchRows, ScalarType.Int64, _order.device).view(-1, 1).mul(layout.IsPresent.sum(2, keepdim: true).to(ScalarType.Int64))
            .add(arange(layout.Count, ScalarType.Int64, _order.device), LiveScalar.Of(1L)).MoveToOuterDisposeScope();
        Tensor starts = _order.narrow(0, start, steps).narrow(1, 0, members).narrow(2, BatchRows, 1).unsqueeze(-1);
        return table.take(_noisePlaces.narrow(0, 0, members).add(starts, LiveScalar.Of(1L)).remainder_(LiveScalar.Of((long)NoiseTable.Length)));
    }
}
