using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>
/// One run's network on a device. It trains side by side with the networks of the runs that are in step with it, and alone in a group of one;
/// everything else, which is little, it does by itself.
/// </summary>
internal sealed class BatchedNetwork : INetwork
{
    /// <summary>Numbers of features of the rows that are scored at once.</summary>
    private const int ScoredElements = 1 << 22;

    private readonly BatchedRuns _group;
    private readonly bool _ownsGroup;
    private readonly NormalNoise _noise;
    private FeatureRows _features;
    private double _gateDepth;
    private IterationResult? _reached;

    private BatchedNetwork(BatchedRuns group, bool ownsGroup, DeviceRows rows, FeatureRows features, GroupLayout groups, NetworkShape shape, Loss loss, NormalNoise noise)
    {
        _group = group;
        _ownsGroup = ownsGroup;
        Rows = rows;
        Shape = shape;
        Loss = loss;
        Groups = groups;
        _features = features;
        _noise = noise;
        Layout = BatchedColumns.Create(groups, features, Type, Device);
        using DisposeScope scope = NewDisposeScope();
        UngatedDecays = Upload([.. shape.ParameterSizes(0).Skip(1).SelectMany((size, part) => Enumerable.Repeat(part % 2 == 1 ? 1f : 0f, size))], 1, 1, -1);
        Tensor Zeros(long rows, long columns) => zeros(1, rows, columns, Type, Device).DetachFromDisposeScope();
        long ungated = UngatedDecays.shape[2];
        Parameters = new BatchedParameters(
            Zeros(groups.Columns, shape.GatedWidth), Zeros(groups.Columns, shape.GatedWidth), Zeros(groups.Columns, 1), Zeros(groups.Columns, 1), Zeros(1, ungated), Zeros(1, ungated));
    }

    public NetworkShape Shape { get; }

    public Loss Loss { get; }

    public GroupLayout Groups { get; private set; }

    public int BatchRows { get; private init; }

    public DeviceRows Rows { get; }

    /// <summary>Over the training rows the mean weight is 1.</summary>
    public float WeightScale { get; private init; }

    public BatchedParameters Parameters { get; private set; }

    public BatchedColumns Layout { get; private set; }

    /// <summary>1 for the ungated parameters that decay, the weights; 0 for biases [1, 1, all].</summary>
    public Tensor UngatedDecays { get; }

    public ScalarType Type => _group.Type;

    public Device Device => _group.Device;

    /// <inheritdoc cref="NetworkFactory.Create"/>
    public static BatchedNetwork Create(FeatureRows features, int[]? columns, TrainingSet data, float weightScale, int batchRows, TrainingSettings settings, NormalNoise noise)
    {
        BatchedRuns? current = BatchedRuns.Current;
        BatchedRuns group = current ?? new BatchedRuns(settings.Precision, settings.Device);
        return new BatchedNetwork(group, current is null, group.RowsOf(features, data), columns is null ? features : features.View(columns), data.Groups, settings.Shape, settings.Loss, noise)
        {
            BatchRows = batchRows,
            WeightScale = weightScale,
        };
    }

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

        float[] ungated = [.. state.GatedBias, .. state.Dense.SelectMany(layer => (float[])[.. layer.Weights, .. layer.Bias])];
        Tensor weights = Upload(primary, 1, Groups.Columns, Shape.GatedWidth), openings = Upload(gates, 1, -1, 1), rest = Upload(ungated, 1, 1, -1);
        Replace(new BatchedParameters(weights, Zeros(weights), openings, Zeros(openings), rest, Zeros(rest)));
        _gateDepth = gateDepth;

        static Tensor Zeros(Tensor like) => zeros_like(like).DetachFromDisposeScope();
    }

    public NetworkState Capture() => (_reached ?? ReadBackAlone(default)).State;

    public double Train(Iteration iteration)
    {
        _gateDepth = iteration.Step.GateDepth;
        _group.Train(this, iteration);
        return (double)_reached!.Loss * iteration.BatchRows;
    }

    /// <summary>Takes what an iteration gave.</summary>
    public void Reach(BatchedParameters parameters, IterationResult reached)
    {
        Replace(parameters);
        _reached = reached;
    }

    public GroupMeasures Measure(in StepSettings step) => (_reached ?? ReadBackAlone(step)).Measures;

    public (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows)
    {
        using DisposeScope scope = NewDisposeScope();
        DeviceBatches batch = GatherAlone(rows, (double)WeightScale / rows.Length);
        (Tensor losses, Tensor gated, Tensor ungated) = new BatchedBackpropagation(Shape, Loss, Parameters.Ungated).Gradient(batch, BatchedDescent.Effective(Parameters, _gateDepth));
        double[] all = [.. Host(gated), .. Host(ungated)];
        int at = 0;
        return (Host(losses)[0] * rows.Length, [.. Shape.ParameterSizes(Groups.Columns).Select(size => all[at..(at += size)])]);

        static double[] Host(Tensor values) => values.to(ScalarType.Float64).cpu().data<double>().ToArray();
    }

    public float[] Score(ReadOnlySpan<int> rows)
    {
        var scores = new float[rows.Length * Shape.Outputs];
        int rowsAtOnce = Math.Max(1, ScoredElements / Groups.Columns);
        for (int start = 0; start < rows.Length; start += rowsAtOnce)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(rowsAtOnce, rows.Length - start);
            DeviceBatches batch = GatherAlone(rows.Slice(start, count), 1);
            Tensor part = new BatchedBackpropagation(Shape, Loss, Parameters.Ungated).Scores(batch.Features, BatchedDescent.Effective(Parameters, _gateDepth));
            part.to(ScalarType.Float32).cpu().data<float>().CopyTo(scores.AsSpan(start * Shape.Outputs));
        }

        return scores;
    }

    public void Cut(ReadOnlySpan<int> groups, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameters.Clear(Columns(Groups.ColumnsOf(groups)));
        _reached = null;
    }

    public void KeepGroups(ReadOnlySpan<int> kept, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] columns = Groups.ColumnsOf(kept);
        Replace(Parameters.Select(Columns(columns)));
        Groups = Groups.Select(kept);
        _features = _features.View(columns);
        Layout.Dispose();
        Layout = BatchedColumns.Create(Groups, _features, Type, Device);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        Layout.Dispose();
        UngatedDecays.Dispose();
        if (_ownsGroup)
        {
            _group.Dispose();
        }
    }

    private void Replace(BatchedParameters parameters)
    {
        Parameters.Dispose();
        Parameters = parameters;
        _reached = null;
    }

    private IterationResult ReadBackAlone(StepSettings step)
    {
        using DisposeScope scope = NewDisposeScope();
        StepSettings at = step with { GateDepth = _gateDepth };
        Tensor lambda = full(1, 1, 1, 2 * at.Lambda / at.GateDepth, Type, Device);
        var descent = new BatchedDescent(new BatchedBackpropagation(Shape, Loss, Parameters.Ungated), Parameters, Layout, UngatedDecays, lambda, at);
        return IterationReadback.Of([this], Parameters, descent, zeros(1, ScalarType.Float64, Device))[0];
    }

    private DeviceBatches GatherAlone(ReadOnlySpan<int> rows, double weightScale)
    {
        var order = new long[rows.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = rows[i] < 0 ? Rows.Padding : rows[i];
        }

        return Rows.Gather(tensor(order, [1, 1, order.Length]).to(Device), Layout, full(1, 1, 1, weightScale, Type, Device)).Step(0);
    }

    private Tensor Upload(float[] values, params long[] shape) => tensor(values).to(Type).to(Device).view(shape).DetachFromDisposeScope();

    private Tensor Columns(int[] columns) => tensor(Array.ConvertAll(columns, column => (long)column)).to(Device);
}
