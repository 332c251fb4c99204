using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch;

/// <summary>
/// The elementwise work on the CPU: fused SIMD passes straight over the tensors' memory, without a native call. Where rows are sparse
/// the first layer's products are sums over the values that are stored, and only groups that occur in a batch are updated at once.
/// </summary>
internal sealed class CpuKernel(FeatureRows features, TrainingSet data, float weightScale, Loss loss, NetworkActivation activation, NormalNoise noise) : IKernel
{
    private FeatureRows _features = features;
    private LazyUpdate? _lazy = features.IsSparse ? new LazyUpdate() : null;
    private double _lossSum;

    public int TargetWidth => data.TargetWidth;

    public bool IsSparse => _lazy is not null;

    public Buffer Allocate(int rows, int columns) => new(rows, columns);

    public void SelectColumns(ReadOnlySpan<int> columns)
    {
        _features = _features.Select(columns);
        _lazy = _features.IsSparse ? new LazyUpdate() : null;
    }

    public void LoadBatch(Batch batch, ReadOnlySpan<int> rows, float noiseDeviation)
    {
        Span<float> x = batch.Features.Span, targets = batch.Targets.Span, weights = batch.Weights.Span;
        int columns = batch.Features.Columns, targetWidth = batch.Targets.Columns;
        batch.Sparse?.Load(_features, rows);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> target = x.Slice(i * columns, columns);
            if (rows[i] < 0)
            {
                target.Clear();
                weights[i] = 0;
                continue;
            }

            if (batch.Sparse is null)
            {
                _features.Read(rows[i], target);
            }

            data.ReadTargets(rows[i], targets.Slice(i * targetWidth, targetWidth));
            weights[i] = data.Weights is null ? 1 : data.Weights[rows[i]] * weightScale;
        }

        if (noiseDeviation > 0)
        {
            noise.AddTo(x, noiseDeviation);
        }
    }

    public void Multiply(Batch batch, GatedParameter layer, Buffer values)
    {
        if (batch.Sparse is null)
        {
            values.Tensor.addmm_(batch.Features.Tensor, layer.Effective.Tensor, 0);
            return;
        }

        _lazy!.CatchUp(layer, batch.Sparse.Occurring);
        batch.Sparse.Multiply(layer.Effective, values);
    }

    public void MultiplyTransposed(Batch batch, Buffer slopes, GatedParameter layer)
    {
        if (batch.Sparse is null)
        {
            layer.Gradient.Tensor.addmm_(batch.Features.Transposed, slopes.Tensor, 0);
            return;
        }

        batch.Sparse.MultiplyTransposed(slopes, layer.Gradient);
    }

    public void Settle(GatedParameter layer) => _lazy?.Settle(layer);

    public void AddBias(Buffer a, Buffer bias, int activated)
    {
        Span<float> values = a.Span;
        ReadOnlySpan<float> shift = bias.Span;
        for (int row = 0; row < a.Rows; row++)
        {
            Span<float> line = values.Slice(row * a.Columns, a.Columns);
            TensorPrimitives.Add(line, shift, line);
            Span<float> part = line[..activated];
            if (activation == NetworkActivation.Relu)
            {
                TensorPrimitives.Max(part, 0f, part);
            }
            else
            {
                TensorPrimitives.Tanh(part, part);
            }
        }
    }

    public void AddSkip(Buffer target, Buffer source)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            Span<float> line = target.Span.Slice(row * target.Columns, target.Columns);
            TensorPrimitives.Add(line, Tail(source, row, target.Columns), line);
        }
    }

    public void CopySkip(Buffer target, Buffer source)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            source.Span.Slice(row * source.Columns, source.Columns).CopyTo(Tail(target, row, source.Columns));
        }
    }

    public void LossGradient(Batch batch, Buffer scores, Buffer gradient) =>
        _lossSum += loss.Batch(scores.Span, batch.Targets.Span, batch.Weights.Span, 1f / batch.Rows, gradient.Span);

    public void ActivationGradient(Buffer gradient, Buffer values, int activated)
    {
        for (int row = 0; row < gradient.Rows; row++)
        {
            Span<float> slope = gradient.Span.Slice(row * gradient.Columns, activated);
            ReadOnlySpan<float> value = values.Span.Slice(row * values.Columns, activated);
            Span<Vector<float>> slopes = MemoryMarshal.Cast<float, Vector<float>>(slope);
            ReadOnlySpan<Vector<float>> outputs = MemoryMarshal.Cast<float, Vector<float>>(value);
            for (int i = 0; i < slopes.Length; i++)
            {
                slopes[i] = activation == NetworkActivation.Relu
                    ? Vector.ConditionalSelect(Vector.GreaterThan(outputs[i], Vector<float>.Zero), slopes[i], Vector<float>.Zero)
                    : slopes[i] * (Vector<float>.One - outputs[i] * outputs[i]);
            }

            for (int i = slopes.Length * Vector<float>.Count; i < activated; i++)
            {
                slope[i] = activation == NetworkActivation.Relu ? (value[i] > 0 ? slope[i] : 0) : slope[i] * (1 - value[i] * value[i]);
            }
        }
    }

    public void ColumnSums(Buffer a, Buffer sums)
    {
        Span<float> target = sums.Span;
        target.Clear();
        for (int row = 0; row < a.Rows; row++)
        {
            TensorPrimitives.Add(target, a.Span.Slice(row * a.Columns, a.Columns), target);
        }
    }

    public void Update(Parameter parameter, in StepSettings step, float decay) =>
        FusedUpdate.Plain(parameter.Value.Span, parameter.Gradient.Span, parameter.Velocity.Span, step.LearningRate, step.Momentum, decay);

    public void Update(GatedParameter parameter, in StepSettings step)
    {
        if (_lazy is null)
        {
            FusedUpdate.Gated(parameter, step);
        }
        else
        {
            _lazy.Update(parameter, step);
        }
    }

    public void Close(GatedParameter parameter, ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            parameter.Gates.Span[group] = 0;
        }
    }

    public void Compose(GatedParameter parameter, double gateDepth)
    {
        GroupLayout groups = parameter.Groups;
        ReadOnlySpan<float> gates = parameter.Gates.Span;
        for (int j = 0; j < groups.Count; j++)
        {
            Range block = FusedUpdate.Block(parameter, j);
            TensorPrimitives.Multiply(parameter.Primary.Span[block], GatePower.Of(gates[j], gateDepth - 1), parameter.Effective.Span[block]);
        }
    }

    public GroupMeasures Measure(GatedParameter parameter, in StepSettings step)
    {
        GroupLayout groups = parameter.Groups;
        var norms = new float[groups.Count];
        var gradientNorms = new float[groups.Count];
        var lossPart = new float[groups.Count == 0 ? 0 : Enumerable.Range(0, groups.Count).Max(groups.Size) * parameter.Width];
        for (int j = 0; j < groups.Count; j++)
        {
            Range block = FusedUpdate.Block(parameter, j);
            norms[j] = TensorPrimitives.Norm(parameter.Effective.Span[block]);
            ReadOnlySpan<float> primary = parameter.Primary.Span[block];
            Span<float> part = lossPart.AsSpan(0, primary.Length);
            float decay = step.DecayOf(groups.Weights[j]);
            TensorPrimitives.Multiply(primary, -decay, part);
            TensorPrimitives.MultiplyAdd(parameter.PrimaryVelocity.Span[block], 1 - step.Momentum, part, part);
            gradientNorms[j] = TensorPrimitives.Norm(part) / GatePower.Of(parameter.Gates.Span[j], step.GateDepth - 1);
        }

        return new GroupMeasures(norms, gradientNorms);
    }

    public double TakeLoss()
    {
        double sum = _lossSum;
        _lossSum = 0;
        return sum;
    }

    public void Dispose()
    {
    }

    private static Span<float> Tail(Buffer buffer, int row, int count) =>
        buffer.Span.Slice((row + 1) * buffer.Columns - count, count);
}
