using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds on the device what the steps of an iteration read: the order of rows, step sizes and penalties.</summary>
/// <remarks>
/// The order of rows is drawn on the host from each network's own random stream. So a device trains on the same batches as the CPU, and a
/// network on the same ones whatever other networks take part. A counter on the device tells which step is next. So every step is the same
/// sequence of operations on the same memory, and can be recorded once.
/// </remarks>
internal sealed class StepInputs : IDisposable
{
    // Numbers of a step and network, and numbers of a network.
    private const int Rate = 0, Share = 1, OfStep = 2;
    private const int Lambda = 0, InputNoise = 1, WeightScale = 2, OfNetwork = 3;

    private readonly StackKey _key;
    private readonly Tensor _order;
    private readonly Tensor _numbersOfSteps;
    private readonly Tensor _numbers;
    private readonly Tensor _next;

    public StepInputs(StackKey key, ScalarType type, Device device)
    {
        _key = key;
        using DisposeScope scope = NewDisposeScope();
        _order = zeros([key.Steps, key.Networks, key.BatchRows + 1], ScalarType.Int64, device).DetachFromDisposeScope();
        _numbersOfSteps = zeros([key.Steps, OfStep, key.Networks, 1, 1], type, device).DetachFromDisposeScope();
        _numbers = zeros([OfNetwork, key.Networks, 1, 1], type, device).DetachFromDisposeScope();
        _next = zeros([1], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>2λ/D of each network [networks, 1, 1].</summary>
    public Tensor Lambdas => _numbers.select(0, Lambda);

    /// <summary>The deviation of each network's input noise [networks, 1, 1].</summary>
    public Tensor InputNoises => _numbers.select(0, InputNoise);

    /// <summary>The factor of each network's weights, over the rows of a batch [networks, 1, 1].</summary>
    /// <remarks>With it gradients are those of the mean loss of a batch.</remarks>
    public Tensor WeightScales => _numbers.select(0, WeightScale);

    /// <summary>Uploads the steps of an iteration, and begins with the first one.</summary>
    /// <remarks>
    /// A network that has fewer steps than another one stays as it is in the steps that it lacks: its rows have no weight, its velocity
    /// takes no share of the gradient, and its step size is 0.
    /// </remarks>
    public void Load(IReadOnlyList<PendingIteration> batch, DeviceRows all)
    {
        (int steps, int networks, int width) = (_key.Steps, _key.Networks, _key.BatchRows + 1);
        long[] order = new long[steps * networks * width];
        double[] ofSteps = new double[steps * OfStep * networks], numbers = new double[OfNetwork * networks];
        Array.Fill(order, all.Padding);
        for (int m = 0; m < networks; m++)
        {
            Iteration iteration = batch[m].Iteration;
            for (int s = 0; s < steps; s++)
            {
                Span<long> line = order.AsSpan((s * networks + m) * width, width);
                line[_key.BatchRows] = 0;
                if (s >= iteration.Steps)
                {
                    continue;
                }

                ReadOnlySpan<int> rows = iteration.Batch(s);
                for (int i = 0; i < rows.Length; i++)
                {
                    line[i] = all.Place(rows[i]);
                }

                line[_key.BatchRows] = iteration.Step.InputNoise > 0 ? batch[m].Network.NextNoisePlace() : 0;
                int at = s * OfStep * networks + m;
                ofSteps[at + Rate * networks] = BatchedDescent.Rate(iteration.LearningRates[s], iteration.Step.Momentum);
                ofSteps[at + Share * networks] = 1 - (double)iteration.Step.Momentum;
            }

            numbers[Lambda * networks + m] = 2 * iteration.Step.Lambda / iteration.Step.GateDepth;
            numbers[InputNoise * networks + m] = iteration.Step.InputNoise;
            numbers[WeightScale * networks + m] = (double)batch[m].Network.WeightScale / iteration.BatchRows;
        }

        Upload(_order, tensor(order));
        Upload(_numbersOfSteps, tensor(ofSteps));
        Upload(_numbers, tensor(numbers));
        _next.zero_();

        static void Upload(Tensor target, Tensor values) => target.copy_(values.view(target.shape));
    }

    /// <summary>Gives what the next step reads, and counts the step.</summary>
    public StepNumbers Next()
    {
        Tensor order = _order.index_select(0, _next).squeeze(0), ofStep = _numbersOfSteps.index_select(0, _next).squeeze(0);
        _next.add_(LiveScalar.Of(1L), LiveScalar.Of(1L));
        return new StepNumbers(
            order.narrow(1, 0, _key.BatchRows), order.narrow(1, _key.BatchRows, 1), ofStep.select(0, Rate), ofStep.select(0, Share));
    }

    public void Dispose()
    {
        _order.Dispose();
        _numbersOfSteps.Dispose();
        _numbers.Dispose();
        _next.Dispose();
    }
}
