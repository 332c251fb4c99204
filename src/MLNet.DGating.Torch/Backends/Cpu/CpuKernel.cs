using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>The elementwise work on the CPU: fused SIMD passes straight over the tensors' memory, without a native call.</summary>
/// <remarks>
/// Where rows are sparse the first layer's products are sums over the values that are stored, and only groups that occur in a batch are
/// updated at once.
/// </remarks>
/// <param name="features">Standardized rows.</param>
/// <param name="data">Targets and weights of the same rows.</param>
/// <param name="weightScale">Multiplies the weights.</param>
/// <param name="activation">Of hidden neurons.</param>
/// <param name="noise">Where input noise comes from.</param>
/// <param name="isRounded">Whether steps may round the first layer's factors to bfloat16.</param>
internal sealed class CpuKernel(
    FeatureRows features, TrainingSet data, float weightScale, DGatingActivation activation, NormalNoise noise, bool isRounded = false) : IDisposable
{
    private FeatureRows _features = features;
    private DeferredUpdate? _lazy = features.IsSparse ? new DeferredUpdate() : null;
    private Bfloat16Products? _rounded;
    private double _lossSum;

    /// <summary>Numbers to predict of a row.</summary>
    public int TargetWidth => data.TargetWidth;

    /// <summary>Whether the rows are sparse at present, and batches too.</summary>
    public bool IsSparse => _lazy is not null;

    /// <summary>The inputs of the rows from now on (indices into the present ones), and their columns.</summary>
    public void Keep(ReadOnlySpan<int> inputs, ReadOnlySpan<int> columns)
    {
        _features = _features.Keep(inputs, columns);
        _lazy = _features.IsSparse ? new DeferredUpdate() : null;
    }

    /// <summary>Fills the batch with these rows, −1 being padding of weight 0, and adds fresh noise to the features.</summary>
    public void LoadBatch(CpuBatch batch, ReadOnlySpan<int> rows, float noiseDeviation)
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

    /// <summary>values = features · w; as well as float32 can where <paramref name="isStep"/> is false.</summary>
    public void Multiply(CpuBatch batch, GatedParameter layer, CpuMatrix values, bool isStep)
    {
        if (batch.Sparse is not null)
        {
            _lazy!.ApplyDeferred(layer, batch.Sparse.Occurring);
            batch.Sparse.Multiply(layer.Effective, values);
        }
        else if (isStep && IsRounded(batch))
        {
            Rounded(batch, layer).Multiply(batch.Features, layer.Effective, values);
        }
        else
        {
            values.Tensor.addmm_(batch.Features.Tensor, layer.Effective.Tensor, 0);
        }
    }

    /// <summary>∂L/∂w = featuresᵀ · slopes, after <see cref="Multiply"/> of the same batch.</summary>
    public void MultiplyTransposed(CpuBatch batch, CpuMatrix slopes, GatedParameter layer, bool isStep)
    {
        if (batch.Sparse is not null)
        {
            batch.Sparse.MultiplyTransposed(slopes, layer.Gradient);
        }
        else if (isStep && IsRounded(batch))
        {
            Rounded(batch, layer).MultiplyTransposed(slopes, layer.Gradient);
        }
        else
        {
            layer.Gradient.Tensor.addmm_(batch.Features.Transposed, slopes.Tensor, 0);
        }
    }

    /// <summary>Carries out deferred updates, before all of the gated layer is read, or replaced.</summary>
    public void Flush(GatedParameter layer) => _lazy?.Flush(layer);

    /// <summary>a += bias on every row; then the activation on the first <paramref name="activated"/> columns.</summary>
    public void AddBias(CpuMatrix a, CpuMatrix bias, int activated)
    {
        Span<float> values = a.Span;
        ReadOnlySpan<float> shift = bias.Span;
        for (int row = 0; row < a.Rows; row++)
        {
            Span<float> line = values.Slice(row * a.Columns, a.Columns);
            TensorPrimitives.Add(line, shift, line);
            Span<float> part = line[..activated];
            if (activation == DGatingActivation.Relu)
            {
                TensorPrimitives.Max(part, 0f, part);
            }
            else
            {
                TensorPrimitives.Tanh(part, part);
            }
        }
    }

    /// <summary>target += the last columns of source: the skip connection, forward.</summary>
    public static void AddSkip(CpuMatrix target, CpuMatrix source)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            Span<float> line = target.Span.Slice(row * target.Columns, target.Columns);
            TensorPrimitives.Add(line, Tail(source, row, target.Columns), line);
        }
    }

    /// <summary>The last columns of target = source: the skip connection, backward.</summary>
    public static void CopySkip(CpuMatrix target, CpuMatrix source)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            source.Span.Slice(row * source.Columns, source.Columns).CopyTo(Tail(target, row, source.Columns));
        }
    }

    /// <summary>gradient = ∂(mean loss of the batch)/∂scores; the loss is added to the running sum.</summary>
    public void LossGradient(CpuBatch batch, CpuMatrix scores, CpuMatrix gradient) =>
        _lossSum += data.Task.Loss.Gradient(scores.Span, batch.Targets.Span, batch.Weights.Span, 1f / batch.Rows, gradient.Span);

    /// <summary>gradient ⊙= activation′, on the first <paramref name="activated"/> columns, given the activation's values.</summary>
    public void ActivationGradient(CpuMatrix gradient, CpuMatrix values, int activated)
    {
        for (int row = 0; row < gradient.Rows; row++)
        {
            Span<float> slope = gradient.Span.Slice(row * gradient.Columns, activated);
            ReadOnlySpan<float> value = values.Span.Slice(row * values.Columns, activated);
            Span<Vector<float>> slopes = MemoryMarshal.Cast<float, Vector<float>>(slope);
            ReadOnlySpan<Vector<float>> outputs = MemoryMarshal.Cast<float, Vector<float>>(value);
            for (int i = 0; i < slopes.Length; i++)
            {
                slopes[i] = activation == DGatingActivation.Relu
                    ? Vector.ConditionalSelect(Vector.GreaterThan(outputs[i], Vector<float>.Zero), slopes[i], Vector<float>.Zero)
                    : slopes[i] * (Vector<float>.One - outputs[i] * outputs[i]);
            }

            for (int i = slopes.Length * Vector<float>.Count; i < activated; i++)
            {
                slope[i] = activation == DGatingActivation.Relu ? (value[i] > 0 ? slope[i] : 0) : slope[i] * (1 - value[i] * value[i]);
            }
        }
    }

    /// <summary>sums = column sums of a.</summary>
    public static void ColumnSums(CpuMatrix a, CpuMatrix sums)
    {
        Span<float> target = sums.Span;
        target.Clear();
        for (int row = 0; row < a.Rows; row++)
        {
            TensorPrimitives.Add(target, a.Span.Slice(row * a.Columns, a.Columns), target);
        }
    }

    /// <summary>One step with momentum and coupled decay on an ungated parameter.</summary>
    public static void Update(Parameter parameter, in StepSettings step, float decay) =>
        FusedUpdate.Plain(parameter.Value.Span, parameter.Gradient.Span, parameter.Velocity.Span, step.LearningRate, step.Momentum, decay);

    /// <summary>One step on the gated layer (docs/theory.md §2 and §4); leaves w = ω γ^(D−1) ready for the next product.</summary>
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

    /// <summary>γ = 0 for these groups, which is for ever; w follows with the next composition.</summary>
    public static void Close(GatedParameter parameter, ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            parameter.Gates.Span[group] = 0;
        }
    }

    /// <summary>w = ω γ^(D−1).</summary>
    public static void Compose(GatedParameter parameter, double gateDepth)
    {
        GroupLayout groups = parameter.Groups;
        ReadOnlySpan<float> gates = parameter.Gates.Span;
        for (int j = 0; j < groups.Count; j++)
        {
            Range block = FusedUpdate.Block(parameter, j);
            TensorPrimitives.Multiply(parameter.Primary.Span[block], GatePower.Of(gates[j], gateDepth - 1), parameter.Effective.Span[block]);
        }
    }

    /// <summary>Where every group stands after the last step.</summary>
    public static GroupMeasures Measure(GatedParameter parameter, in StepSettings step)
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

    /// <summary>The weighted sum of losses since the last call. The only read-back in an iteration.</summary>
    public double TakeLoss()
    {
        double sum = _lossSum;
        _lossSum = 0;
        return sum;
    }

    public void Dispose()
    {
        _features.Dispose();
        _rounded?.Dispose();
    }

    private bool IsRounded(CpuBatch batch) => isRounded && batch.Features.Columns >= Bfloat16Products.LeastColumns;

    // Remade when columns have left.
    private Bfloat16Products Rounded(CpuBatch batch, GatedParameter layer)
    {
        if (_rounded?.Fits(batch.Features) != true)
        {
            _rounded?.Dispose();
            _rounded = new Bfloat16Products(batch.Rows, batch.Features.Columns, layer.Width);
        }

        return _rounded;
    }

    private static Span<float> Tail(CpuMatrix buffer, int row, int count) =>
        buffer.Span.Slice((row + 1) * buffer.Columns - count, count);
}
