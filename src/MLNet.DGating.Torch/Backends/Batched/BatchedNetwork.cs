using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds one run's network on a device.</summary>
/// <remarks>It trains in one batch with the networks of the other runs on the device.</remarks>
internal sealed class BatchedNetwork : INetwork
{
    private readonly BatchedRuns _runs;
    private readonly NormalNoise _noise;
    private FeatureRows _features;
    private double _gateDepth;
    private BatchedParameters? _before;
    private IterationResult? _result;

    /// <param name="runs">The runs that share the device.</param>
    /// <param name="runNumber">
    /// The number of the run that the network belongs to. Networks of a batch are ordered by it, so the order of threads has no influence.
    /// </param>
    /// <param name="request">Describes the network.</param>
    public BatchedNetwork(BatchedRuns runs, int[] runNumber, NetworkRequest request)
    {
        _runs = runs;
        RunNumber = runNumber;
        Rows = runs.RowsOf(request.Features, request.Data);
        Task = request.Data.Task;
        Shape = request.Settings.ShapeFor(Task);
        Groups = request.Data.Groups;
        BatchRows = request.BatchRows;
        WeightScale = request.WeightScale;
        _noise = new NormalNoise(request.Random);
        _features = request.Inputs is null ? request.Features : request.Features.View(request.Inputs);
        Columns = BatchedColumns.Create(Groups, _features, Type, Device);
        using DisposeScope scope = NewDisposeScope();
        float[] decays = [.. Shape.UngatedBlocks().SelectMany(block => Enumerable.Repeat(block.Decays ? 1f : 0f, block.Size))];
        UngatedDecays = Upload(decays, 1, 1, -1);
        Tensor Zeros(long rows, long columns) => zeros(1, rows, columns, Type, Device).DetachFromDisposeScope();
        long ungated = UngatedDecays.shape[2];
        Parameters = new BatchedParameters(
            Zeros(Groups.Columns, Shape.GatedWidth), Zeros(Groups.Columns, Shape.GatedWidth),
            Zeros(Groups.Columns, 1), Zeros(Groups.Columns, 1), Zeros(1, ungated), Zeros(1, ungated));
    }

    /// <summary>The number of the network's run, behind the numbers of the runs that started it.</summary>
    public int[] RunNumber { get; }

    public NetworkShape Shape { get; }

    public LearningTask Task { get; }

    public GroupLayout Groups { get; private set; }

    public int BatchRows { get; }

    public DeviceRows Rows { get; }

    /// <summary>The factor of the example weights that makes their mean over the training rows 1.</summary>
    public float WeightScale { get; }

    public BatchedParameters Parameters { get; private set; }

    public BatchedColumns Columns { get; private set; }

    /// <summary>1 for the ungated parameters that decay, which are the weights; 0 for biases [1, 1, all].</summary>
    public Tensor UngatedDecays { get; }

    public ScalarType Type => _runs.Type;

    public Device Device => _runs.Device;

    /// <summary>A key that is equal for networks that can be computed in one batch.</summary>
    public object Kind => (Rows, Task, Shape.Outputs, string.Join(',', Shape.Hidden), Shape.Skip, Shape.Activation, Type);

    /// <summary>Draws the place in <see cref="NoiseTable"/> at which the noise of the next batch begins.</summary>
    public int NextNoisePlace() => _noise.NextInt32(NoiseTable.Length);

    public void Load(NetworkState state, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] primary = [.. state.Primary], gates = new float[Groups.Columns];
        for (int j = 0; j < Groups.Count; j++)
        {
            gates.AsSpan(Groups.Starts[j], Groups.Size(j)).Fill(state.Gates[j]);
            if (state.Gates[j] == 0)
            {
                primary.AsSpan(Groups.Starts[j] * Shape.GatedWidth, Groups.Size(j) * Shape.GatedWidth).Clear();
            }
        }

        float[] ungated = [.. state.Ungated().SelectMany(block => block)];
        Tensor weights = Upload(primary, 1, Groups.Columns, Shape.GatedWidth);
        Tensor gatesOfColumns = Upload(gates, 1, -1, 1), rest = Upload(ungated, 1, 1, -1);
        Replace(new BatchedParameters(weights, Zeros(weights), gatesOfColumns, Zeros(gatesOfColumns), rest, Zeros(rest)));
        _gateDepth = gateDepth;

        static Tensor Zeros(Tensor like) => zeros_like(like).DetachFromDisposeScope();
    }

    public NetworkState Capture() => ToHost(Parameters);

    public NetworkState CaptureBefore() => ToHost(_before!);

    public void Revert(double gateDepth)
    {
        BatchedParameters before = _before!;
        _before = null;
        before.ClearVelocities();
        Replace(before);
        _gateDepth = gateDepth;
    }

    public bool IsFinite => (_result ?? ReadBackAlone(default)).IsFinite;

    public double Train(Iteration iteration)
    {
        _gateDepth = iteration.Step.GateDepth;
        _runs.Train(this, iteration);
        return (double)_result!.Loss * iteration.BatchRows;
    }

    /// <summary>Takes the parameters and measures that an iteration gave; the network owns the parameters from now on.</summary>
    public void Accept(BatchedParameters parameters, IterationResult result)
    {
        _before?.Dispose();
        (_before, Parameters, _result) = (Parameters, parameters, result);
    }

    public GroupMeasures Measure(in StepSettings step) => (_result ?? ReadBackAlone(step)).Measures;

    public (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows)
    {
        using DisposeScope scope = NewDisposeScope();
        DeviceBatches batch = GatherAlone(rows, (double)WeightScale / rows.Length);
        using BatchedBackpropagation networks = Backpropagation();
        (Tensor losses, Tensor gated, Tensor ungated) = networks.Gradient(batch, Effective());
        double[] all = [.. HostCopy.Doubles(gated), .. HostCopy.Doubles(ungated)];
        int at = 0;
        return (
            HostCopy.Doubles(losses)[0] * rows.Length, [.. Shape.Blocks(Groups.Columns).Select(block => all[at..(at += block.Size)])]);
    }

    public float[] Score(ReadOnlySpan<int> rows) => _runs.Score(this, rows.ToArray());

    /// <summary>Computes w = ω γ^(D−1) [1, columns, gated width].</summary>
    public Tensor Effective() => BatchedDescent.Effective(Parameters, _gateDepth);

    public void Cut(ReadOnlySpan<int> groups, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameters.Clear(Indices(Groups.ColumnsOf(groups)));
        _result = null;
    }

    public void KeepGroups(ReadOnlySpan<int> kept, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] inputs = Groups.InputsOf(kept), columns = Groups.ColumnsOf(kept);
        Replace(Parameters.Select(Indices(columns)));
        _before?.Dispose();
        _before = null;
        Groups = Groups.Select(kept);
        _features = _features.View(inputs);
        Columns.Dispose();
        Columns = BatchedColumns.Create(Groups, _features, Type, Device);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        _before?.Dispose();
        Columns.Dispose();
        UngatedDecays.Dispose();
    }

    private void Replace(BatchedParameters parameters)
    {
        Parameters.Dispose();
        Parameters = parameters;
        _result = null;
    }

    private BatchedBackpropagation Backpropagation() => new(Shape, Task.Loss, Parameters.Ungated, Columns.SkipFactors);

    private IterationResult ReadBackAlone(StepSettings step)
    {
        using DisposeScope scope = NewDisposeScope();
        StepSettings at = step with { GateDepth = _gateDepth };
        using BatchedBackpropagation networks = Backpropagation();
        using var descent = new BatchedDescent(networks, Parameters, Columns, UngatedDecays, at);
        descent.Prepare(full(1, 1, 1, 2 * at.Lambda / at.GateDepth, Type, Device));
        return IterationResult.Read([Groups], Parameters, descent, zeros(1, ScalarType.Float64, Device))[0];
    }

    private NetworkState ToHost(BatchedParameters parameters)
    {
        float[] gates = Groups.FirstOfEach(HostCopy.Floats(parameters.Gates));
        return NetworkState.FromUngated(Shape, HostCopy.Floats(parameters.Primary), gates, HostCopy.Floats(parameters.Ungated));
    }

    private DeviceBatches GatherAlone(ReadOnlySpan<int> rows, double weightScale)
    {
        long[] order = Array.ConvertAll(rows.ToArray(), Rows.Place);
        Tensor rowNumbers = tensor(order, [1, order.Length]).to(Device);
        return Rows.Gather(rowNumbers, Columns, full(1, 1, 1, weightScale, Type, Device));
    }

    private Tensor Upload(float[] values, params long[] shape) =>
        tensor(values).to(Type).to(Device).view(shape).DetachFromDisposeScope();

    private Tensor Indices(int[] columns) => tensor(Array.ConvertAll(columns, column => (long)column)).to(Device);
}
