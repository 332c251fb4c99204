using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch;

/// <summary>
/// The elementwise work as in-place torch operations: for CUDA, and in float32 or float64 on the CPU, where it is tested
/// against <see cref="CpuKernel"/> and against the mathematics. All training rows are resident on the device, standardized.
/// </summary>
internal sealed class DeviceKernel : IKernel
{
    private const int UploadElements = 1 << 22;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly Loss _loss;
    private readonly NetworkActivation _activation;
    private readonly Generator _generator;
    private readonly Tensor _targets;
    private readonly Tensor _weights;
    private readonly Tensor _lossSum;
    private readonly GroupIndex _index;
    private Tensor _features;

    public DeviceKernel(FeatureRows features, TrainingSet data, float weightScale, Loss loss, NetworkActivation activation, int seed, ScalarType type, Device device)
    {
        _type = type;
        _device = device;
        _loss = loss;
        _activation = activation;
        _generator = new Generator((ulong)(uint)seed, device);
        _index = new GroupIndex(device);
        using DisposeScope scope = NewDisposeScope();
        _features = Upload(features).DetachFromDisposeScope();
        _targets = tensor(data.Targets).to(type).to(device).unsqueeze(1).DetachFromDisposeScope();
        Tensor weights = data.Weights is null ? ones(data.Rows, 1) : tensor(data.Weights).mul(LiveScalar.Of(weightScale)).unsqueeze(1);
        _weights = weights.to(type).to(device).DetachFromDisposeScope();
        _lossSum = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
    }

    public Buffer Allocate(int rows, int columns) => new(rows, columns, _type, _device);

    public void SelectColumns(ReadOnlySpan<int> columns)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor selected = _features.index_select(1, Indices(columns)).DetachFromDisposeScope();
        _features.Dispose();
        _features = selected;
    }

    public void LoadBatch(Batch batch, ReadOnlySpan<int> rows, float noise)
    {
        using DisposeScope scope = NewDisposeScope();
        int padded = rows.IndexOf(-1);
        int real = padded < 0 ? rows.Length : padded;
        Tensor indices = Indices(rows[..real]);
        batch.Features.Tensor.narrow(0, 0, real).copy_(_features.index_select(0, indices));
        batch.Targets.Tensor.narrow(0, 0, real).copy_(_targets.index_select(0, indices));
        batch.Weights.Tensor.narrow(0, 0, real).copy_(_weights.index_select(0, indices));
        if (real < rows.Length)
        {
            batch.Features.Tensor.narrow(0, real, rows.Length - real).zero_();
            batch.Weights.Tensor.narrow(0, real, rows.Length - real).zero_();
        }

        if (noise > 0)
        {
            Tensor fresh = empty_like(batch.Features.Tensor).normal_(0, noise, _generator);
            batch.Features.Tensor.add_(fresh, LiveScalar.Of(1));
        }
    }

    public void AddBias(Buffer a, Buffer bias, int activated)
    {
        using DisposeScope scope = NewDisposeScope();
        a.Tensor.add_(bias.Tensor, LiveScalar.Of(1));
        Tensor part = a.Tensor.narrow(1, 0, activated);
        _ = _activation == NetworkActivation.Relu ? part.relu_() : part.tanh_();
    }

    public void AddSkip(Buffer target, Buffer source)
    {
        using DisposeScope scope = NewDisposeScope();
        target.Tensor.add_(source.Tensor.narrow(1, source.Columns - target.Columns, target.Columns), LiveScalar.Of(1));
    }

    public void CopySkip(Buffer target, Buffer source)
    {
        using DisposeScope scope = NewDisposeScope();
        target.Tensor.narrow(1, target.Columns - source.Columns, source.Columns).copy_(source.Tensor);
    }

    public void LossGradient(Batch batch, Buffer scores, Buffer gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor losses = _loss.Rows(scores.Tensor, batch.Targets.Tensor.squeeze(1), gradient.Tensor);
        _lossSum.add_(losses.mul_(batch.Weights.Tensor.squeeze(1)).sum(ScalarType.Float64), LiveScalar.Of(1));
        gradient.Tensor.mul_(batch.Weights.Tensor).div_(LiveScalar.Of(batch.Rows));
    }

    public void ActivationGradient(Buffer gradient, Buffer values, int activated)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor value = values.Tensor.narrow(1, 0, activated);
        Tensor slope = gradient.Tensor.narrow(1, 0, activated);
        _ = _activation == NetworkActivation.Relu ? slope.mul_(value.gt(LiveScalar.Of(0))) : slope.sub_(slope.mul(value).mul_(value));
    }

    public void ColumnSums(Buffer a, Buffer sums)
    {
        using DisposeScope scope = NewDisposeScope();
        sums.Tensor.copy_(a.Tensor.sum(0, keepdim: true));
    }

    public void Update(Parameter parameter, in StepSettings step, float decay) =>
        Descend(parameter.Value.Tensor, parameter.Gradient.Tensor, parameter.Velocity.Tensor, step, decay);

    // dgating.md §2 and §4; see FusedUpdate.Gated for the equations.
    public void Update(GatedParameter parameter, in StepSettings step)
    {
        if (!step.IsGated)
        {
            Descend(parameter.Primary.Tensor, parameter.Gradient.Tensor, parameter.PrimaryVelocity.Tensor, step, step.Decay);
            parameter.Effective.Tensor.copy_(parameter.Primary.Tensor);
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        (Tensor groupOfColumn, _, Tensor? kept) = _index.For(parameter.Groups, _type);
        Tensor gates = parameter.Gates.Tensor, primary = parameter.Primary.Tensor, gradient = parameter.Gradient.Tensor;
        Tensor decay = Decay(parameter.Groups, step);
        Tensor lower = gates.pow(LiveScalar.Of(step.GateDepth - 2));
        Tensor product = lower.mul(gates);
        Tensor slopes = zeros_like(gates).index_add_(0, groupOfColumn, gradient.mul(primary).sum(1, keepdim: true), LiveScalar.Of(1));

        parameter.GateVelocity.Tensor.mul_(LiveScalar.Of(step.Momentum)).add_(lower.mul_(slopes), LiveScalar.Of(1)).add_(decay.mul(gates), LiveScalar.Of(1));
        if (kept is not null)
        {
            parameter.GateVelocity.Tensor.masked_fill_(kept, LiveScalar.Of(0));
        }

        parameter.PrimaryVelocity.Tensor.mul_(LiveScalar.Of(step.Momentum))
            .add_(product.index_select(0, groupOfColumn).mul(gradient), LiveScalar.Of(1))
            .add_(decay.index_select(0, groupOfColumn).mul(primary), LiveScalar.Of(1));
        Tensor open = gates.gt(LiveScalar.Of(0)), floor = gates.mul(LiveScalar.Of(FusedUpdate.SmallestGateFactor));
        gates.add_(parameter.GateVelocity.Tensor, LiveScalar.Of(-step.LearningRate));
        gates.copy_(gates.maximum(floor)).mul_(open);
        primary.add_(parameter.PrimaryVelocity.Tensor, LiveScalar.Of(-step.LearningRate));
        Compose(parameter, step.GateDepth);
    }

    public void Close(GatedParameter parameter, ReadOnlySpan<int> groups)
    {
        using DisposeScope scope = NewDisposeScope();
        parameter.Gates.Tensor.index_fill_(0, tensor(groups.ToArray(), ScalarType.Int64).to(_device), LiveScalar.Of(0));
    }

    public void Compose(GatedParameter parameter, double gateDepth)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor groupOfColumn, _, _) = _index.For(parameter.Groups, _type);
        Tensor product = parameter.Gates.Tensor.pow(LiveScalar.Of(gateDepth - 1));
        parameter.Effective.Tensor.copy_(parameter.Primary.Tensor).mul_(product.index_select(0, groupOfColumn));
    }

    public GroupMeasures Measure(GatedParameter parameter, in StepSettings step)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor groupOfColumn, _, _) = _index.For(parameter.Groups, _type);
        Tensor primary = parameter.Primary.Tensor;
        Tensor decay = Decay(parameter.Groups, step).index_select(0, groupOfColumn);
        Tensor lossPart = parameter.PrimaryVelocity.Tensor.mul(LiveScalar.Of(1 - step.Momentum)).sub_(decay.mul(primary));
        Tensor product = parameter.Gates.Tensor.pow(LiveScalar.Of(step.GateDepth - 1));
        return new GroupMeasures(
            Host(Norms(parameter.Effective.Tensor, groupOfColumn, parameter.Groups.Count)),
            Host(Norms(lossPart, groupOfColumn, parameter.Groups.Count).div_(product)));
    }

    public double TakeLoss()
    {
        using DisposeScope scope = NewDisposeScope();
        double sum = _lossSum.cpu().item<double>();
        _lossSum.zero_();
        return sum;
    }

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _weights.Dispose();
        _lossSum.Dispose();
        _index.Dispose();
        _generator.Dispose();
    }

    private static void Descend(Tensor value, Tensor gradient, Tensor velocity, in StepSettings step, float decay)
    {
        using DisposeScope scope = NewDisposeScope();
        velocity.mul_(LiveScalar.Of(step.Momentum)).add_(gradient, LiveScalar.Of(1)).add_(value, LiveScalar.Of(decay));
        value.add_(velocity, LiveScalar.Of(-step.LearningRate));
    }

    // StepSettings.DecayOf of every group [groups, 1].
    private Tensor Decay(GroupLayout groups, in StepSettings step)
    {
        (_, Tensor weights, Tensor? kept) = _index.For(groups, _type);
        Tensor decay = weights.mul(LiveScalar.Of(2 * step.Lambda / step.GateDepth));
        return kept is null ? decay : decay.masked_fill_(kept, LiveScalar.Of(step.Decay));
    }

    private Tensor Norms(Tensor values, Tensor groupOfColumn, int groups) =>
        zeros(groups, 1, _type, _device).index_add_(0, groupOfColumn, values.mul(values).sum(1, keepdim: true), LiveScalar.Of(1)).sqrt_();

    private static float[] Host(Tensor values) => values.to(ScalarType.Float32).cpu().data<float>().ToArray();

    private Tensor Indices(ReadOnlySpan<int> values) => tensor(values.ToArray()).to(_device);

    // A block of rows at a time: a copy to the device costs the same latency for one row as for many.
    private Tensor Upload(FeatureRows features)
    {
        int rowsPerBlock = Math.Max(1, UploadElements / Math.Max(1, features.Columns));
        Tensor resident = zeros(features.Rows, features.Columns, _type, _device);
        for (int start = 0; start < features.Rows; start += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, features.Rows - start);
            var host = new float[rows * features.Columns];
            for (int i = 0; i < rows; i++)
            {
                features.Read(start + i, host.AsSpan(i * features.Columns, features.Columns));
            }

            using Tensor block = tensor(host, [rows, features.Columns]);
            using Tensor target = resident.narrow(0, start, rows);
            target.copy_(block);
        }

        return resident;
    }
}
