using MLNet.DGating.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds several networks side by side, and all memory that their steps work on.</summary>
/// <remarks>
/// The networks are copied into it before an iteration and out of it afterwards. So no state has to be kept in order between iterations: a
/// network may have ended, have lost columns or have been set back in the meantime. Every network has columns of its own, and the stack is
/// at least as wide as the widest network: paths that keep different groups would otherwise have to hold each other's columns.
/// </remarks>
internal sealed class BatchedStack : IDisposable
{
    private readonly DeviceRows _rows;
    private readonly BatchedParameters _parameters;
    private readonly BatchedColumns _columns;
    private readonly StepInputs _inputs;
    private readonly BatchedBackpropagation _networks;
    private readonly BatchedDescent _descent;
    private readonly Tensor _lossSums;
    private readonly Tensor? _noiseTable;
    private readonly Tensor? _noisePlaces;

    /// <param name="key">The shape of the stack.</param>
    /// <param name="batch">Iterations of that shape, which the stack is made for; they are not loaded.</param>
    /// <param name="noiseTable">Gives the noise table, where the key has noise.</param>
    public BatchedStack(StackKey key, IReadOnlyList<PendingIteration> batch, Func<Tensor> noiseTable)
    {
        BatchedNetwork first = batch[0].Network;
        _rows = first.Rows;
        using DisposeScope scope = NewDisposeScope();
        // The stack of a single network is a view of it.
        _parameters = Parameters(key, batch).Map(parameters => parameters.clone().DetachFromDisposeScope());
        _columns = Columns(key, batch).Clone();
        _inputs = new StepInputs(key, first.Type, first.Device);
        _lossSums = zeros(key.Networks, ScalarType.Float64, first.Device).DetachFromDisposeScope();
        _networks = new BatchedBackpropagation(first.Shape, first.Task.Loss, _parameters.Ungated, _columns.SkipFactors);
        _descent = new BatchedDescent(_networks, _parameters, _columns, first.UngatedDecays, batch[0].Iteration.Step);
        if (key.IsNoisy)
        {
            _noiseTable = noiseTable();
            _noisePlaces = zeros([key.Networks, key.BatchRows, key.Columns], ScalarType.Int64, first.Device).DetachFromDisposeScope();
        }
    }

    /// <summary>Copies networks and their iterations into the stack.</summary>
    /// <param name="key">The shape of the stack.</param>
    /// <param name="batch">Iterations of that shape.</param>
    public void Load(StackKey key, IReadOnlyList<PendingIteration> batch)
    {
        using DisposeScope scope = NewDisposeScope();
        _parameters.CopyFrom(Parameters(key, batch));
        _columns.CopyFrom(Columns(key, batch));
        _inputs.Load(batch, _rows);
        _descent.Prepare(_inputs.Lambdas);
        _lossSums.zero_();
        _noisePlaces?.copy_(NoiseTable.Places(_columns.IsPresent, key.BatchRows));
    }

    /// <summary>Carries out the next step of all networks.</summary>
    /// <remarks>It reads and writes the memory of the stack alone, and the host does not wait for anything.</remarks>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        StepNumbers numbers = _inputs.Next();
        DeviceBatches batch = _rows.Gather(numbers.Rows, _columns, _inputs.WeightScales);
        if (_noisePlaces is not null)
        {
            Tensor noise = NoiseTable.Take(_noiseTable!, _noisePlaces, numbers.NoiseStarts);
            batch.Features.addcmul_(noise, _inputs.InputNoises.mul(_columns.IsPresent), LiveScalar.Of(1));
        }

        _descent.Step(batch, numbers, _lossSums);
    }

    /// <summary>Gives the networks their parameters, losses and measures.</summary>
    public void Unload(IReadOnlyList<PendingIteration> batch)
    {
        using DisposeScope scope = NewDisposeScope();
        IterationResult[] results =
            IterationResult.Read([.. batch.Select(pending => pending.Network.Groups)], _parameters, _descent, _lossSums);
        BatchedParameters copy = _parameters.Map(parameters => parameters.clone());
        for (int i = 0; i < batch.Count; i++)
        {
            BatchedNetwork network = batch[i].Network;
            network.Accept(copy.Of(i, network.Columns.Count), results[i]);
        }
    }

    public void Dispose()
    {
        _parameters.Dispose();
        _columns.Dispose();
        _inputs.Dispose();
        _descent.Dispose();
        _networks.Dispose();
        _lossSums.Dispose();
        _noisePlaces?.Dispose();
    }

    private static BatchedParameters Parameters(StackKey key, IReadOnlyList<PendingIteration> batch) =>
        BatchedParameters.Stack([.. batch.Select(pending => pending.Network.Parameters)], key.Columns);

    private static BatchedColumns Columns(StackKey key, IReadOnlyList<PendingIteration> batch) =>
        BatchedColumns.Stack([.. batch.Select(pending => pending.Network.Columns)], key.Columns);
}
