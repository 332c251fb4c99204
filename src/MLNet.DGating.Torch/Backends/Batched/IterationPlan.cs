using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Uploads in one transfer what an iteration needs from the host.</summary>
/// <remarks>
/// The order of rows is drawn on the host from each network's own random stream. So a device trains on the same batches as the CPU, and a
/// network on the same ones whatever other networks take part.
/// </remarks>
internal sealed class IterationPlan
{
    // Rows of the numbers behind the rates of the steps.
    private const int Lambda = 0, InputNoise = 1, WeightScale = 2, OtherNumbers = 3;

    private readonly int _steps;
    private readonly Tensor _order;
    private readonly Tensor _numbers;
    private Tensor? _noisePlaces;

    /// <param name="batch">The iterations of the networks, those with the most steps first.</param>
    /// <param name="rows">The rows that all networks share.</param>
    /// <param name="type">The floating-point type of the numbers.</param>
    /// <param name="device">The device to upload to.</param>
    public IterationPlan(PendingIteration[] batch, DeviceRows rows, ScalarType type, Device device)
    {
        _steps = batch.Max(pending => pending.Iteration.Steps);
        BatchRows = batch.Max(pending => pending.Iteration.BatchRows);
        int width = BatchRows + 1;
        long[] order = new long[_steps * batch.Length * width];
        double[] numbers = new double[(_steps + OtherNumbers) * batch.Length];
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

    /// <summary>The number of rows of the largest batch; smaller batches are padded.</summary>
    public int BatchRows { get; }

    /// <summary>2λ/D of each network [networks, 1, 1].</summary>
    public Tensor Lambdas => _numbers.select(0, _steps + Lambda);

    /// <summary>The deviation of each network's input noise [networks, 1, 1].</summary>
    public Tensor InputNoises => _numbers.select(0, _steps + InputNoise);

    /// <summary>The factor of each network's weights, over the rows of a batch [networks, 1, 1].</summary>
    /// <remarks>With it gradients are those of the mean loss of a batch.</remarks>
    public Tensor WeightScales => _numbers.select(0, _steps + WeightScale);

    /// <summary>Gives the row numbers of some steps of the first networks [steps, networks, rows].</summary>
    public Tensor Order(int start, int steps, int networks) =>
        _order.narrow(0, start, steps).narrow(1, 0, networks).narrow(2, 0, BatchRows);

    /// <summary>Gives <see cref="BatchedDescent.Rate"/> of a step for the first networks [networks, 1, 1].</summary>
    public Tensor Rates(int step, int networks) => _numbers.select(0, step).narrow(0, 0, networks);

    /// <summary>Gives standard normal numbers for some steps of the first networks [steps, networks, rows, columns].</summary>
    /// <param name="table">The noise table.</param>
    /// <param name="layout">The columns of all networks.</param>
    /// <param name="start">The first step.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="networks">The number of networks.</param>
    public Tensor Noise(Tensor table, BatchedColumns layout, int start, int steps, int networks)
    {
        _noisePlaces ??= NoisePlaces(layout).MoveToOuterDisposeScope();
        Tensor starts = _order.narrow(0, start, steps).narrow(1, 0, networks).narrow(2, BatchRows, 1).unsqueeze(-1);
        Tensor places = _noisePlaces.narrow(0, 0, networks).add(starts, LiveScalar.Of(1L));
        return table.take(places.remainder_(LiveScalar.Of((long)NoiseTable.Length)));
    }

    // A network reads the numbers of its batch one after the other, with its own width, as if it were alone.
    private Tensor NoisePlaces(BatchedColumns layout)
    {
        Tensor widths = layout.IsPresent.sum(2, keepdim: true).to(ScalarType.Int64);
        return arange(BatchRows, ScalarType.Int64, _order.device).view(-1, 1).mul(widths)
            .add(arange(layout.Count, ScalarType.Int64, _order.device), LiveScalar.Of(1L));
    }
}
