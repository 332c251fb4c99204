using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Does the elementwise work on the CPU by fused SIMD passes over the tensors' memory, without native calls.</summary>
/// <remarks>
/// Where rows are sparse the first layer's products are sums over the values that are stored, and only groups that occur in a batch are
/// updated immediately.
/// </remarks>
/// <param name="features">The standardized rows.</param>
/// <param name="data">The targets and weights of the same rows.</param>
/// <param name="weightScale">The factor of the weights.</param>
/// <param name="activation">The function of the hidden neurons.</param>
/// <param name="noise">Generates the input noise.</param>
/// <param name="random">Seeds the masks of dropout, where it is used.</param>
/// <param name="isRounded">Whether steps may round the first layer's factors to bfloat16.</param>
/// <param name="threads">The number of threads that share the work of a wide layer, at least 1.</param>
/// <param name="exchange">Keeps the networks of ranks together; null where every batch is in this process.</param>
internal sealed class CpuKernel(
    FeatureRows features, TrainingSet data, float weightScale, DGatingActivation activation, NormalNoise noise, RandomStream random,
    bool isRounded = false, int threads = 1, StepExchange? exchange = null)
    : IResumable, IDisposable
{
    private FeatureRows _features = features;
    private DeferredUpdate? _deferred = features.IsSparse ? new DeferredUpdate() : null;
    private WorkerTeam? _team;
    private Bfloat16Products? _rounded;
    private DropoutMask? _dropout;
    private double _lossSum;

    /// <summary>The count of numbers that are predicted for a row.</summary>
    public int TargetWidth => data.TargetWidth;

    /// <summary>The threads that share the work of a wide layer.</summary>
    public WorkerTeam Team => _team ??= new WorkerTeam(threads);

    /// <summary>Whether the rows, and so the batches, are sparse at present.</summary>
    public bool IsSparse => _deferred is not null;

    /// <summary>Whether numbers have a piecewise-linear encoding.</summary>
    public bool IsPiecewise => _features.Encoding?.IsPiecewise == true;

    /// <summary>Creates the features of a batch where numbers have a piecewise-linear encoding; else null.</summary>
    public PiecewiseBatch? PiecewiseBatchFor(GatedParameter layer, int rows) => IsPiecewise
        ? new PiecewiseBatch(_features.Encoding!, layer.Groups.SkipFactors, rows, layer.Width, layer.ActivatedWidth)
        : null;

    /// <summary>Creates the products of the rows with an embedding for each group.</summary>
    public EmbeddedProducts EmbeddedProductsFor(GroupLayout groups, int rows, int width) =>
        new(_features.Encoding!, groups, rows, width);

    /// <summary>Reads the features of rows into the products.</summary>
    public void Load(EmbeddedProducts products, ReadOnlySpan<int> rows) => products.Load(_features, rows);

    /// <summary>Removes all other inputs from the rows.</summary>
    /// <param name="inputs">Indices of the inputs to keep among the present ones, ascending.</param>
    /// <param name="columns">The columns of these inputs.</param>
    public void Keep(ReadOnlySpan<int> inputs, ReadOnlySpan<int> columns)
    {
        _features = _features.Keep(inputs, columns);
        _deferred = _features.IsSparse ? new DeferredUpdate() : null;
    }

    /// <summary>Fills the batch with rows and adds new noise to their features.</summary>
    /// <param name="batch">The batch to fill.</param>
    /// <param name="rows">Row numbers; −1 is padding of weight 0.</param>
    /// <param name="noiseDeviation">Deviation of the noise; 0 for none.</param>
    public void LoadBatch(CpuBatch batch, ReadOnlySpan<int> rows, float noiseDeviation)
    {
        batch.Sparse?.Load(_features, rows);
        batch.Piecewise?.Load(_features, rows);
        if (batch.Parts is not null)
        {
            int[] all = rows.ToArray();
            batch.Parts.ForEach(all.Length, i => LoadRow(batch, i, all[i]));
        }
        else
        {
            for (int i = 0; i < rows.Length; i++)
            {
                LoadRow(batch, i, rows[i]);
            }
        }

        if (noiseDeviation > 0)
        {
            noise.AddTo(batch.Piecewise is null ? batch.Features.Span : batch.Piecewise.Linear, noiseDeviation);
        }
    }

    private void LoadRow(CpuBatch batch, int place, int row)
    {
        int columns = batch.Features.Columns, targetWidth = batch.Targets.Columns;
        Span<float> target = batch.Features.Span.Slice(place * columns, columns);
        if (row < 0)
        {
            target.Clear();
            batch.Weights.Span[place] = 0;
            return;
        }

        if (columns > 0)
        {
            _features.Read(row, target);
        }

        data.ReadTargets(row, batch.Targets.Span.Slice(place * targetWidth, targetWidth));
        batch.Weights.Span[place] = data.Weights is null ? 1 : data.Weights[row] * weightScale;
    }

    /// <summary>Computes values = features · w.</summary>
    /// <param name="batch">The features.</param>
    /// <param name="layer">The gated layer.</param>
    /// <param name="values">Receives the product [rows, gated width].</param>
    /// <param name="isStep">Whether the product is for a step, which may round to bfloat16; else it is as exact as float32 allows.</param>
    public void Multiply(CpuBatch batch, GatedParameter layer, CpuMatrix values, bool isStep)
    {
        if (batch.Sparse is not null)
        {
            _deferred!.ApplyDeferred(layer, batch.Sparse.Occurring);
            batch.Sparse.Multiply(layer.Effective, values);
        }
        else if (batch.Piecewise is not null)
        {
            batch.Piecewise.Multiply(layer.Effective, values);
        }
        else if (isStep && IsRounded(batch))
        {
            Rounded(batch, layer).Multiply(batch.Features, layer.Effective, values);
        }
        else if (batch.Parts is not null)
        {
            batch.Parts.Multiply(values);
        }
        else
        {
            values.Tensor.addmm_(batch.Features.Tensor, layer.Effective.Tensor, 0);
        }
    }

    /// <summary>Computes ∂L/∂w = featuresᵀ · slopes, after <see cref="Multiply"/> of the same batch.</summary>
    public static void MultiplyTransposed(CpuBatch batch, CpuMatrix slopes, GatedParameter layer)
    {
        if (batch.Sparse is not null)
        {
            batch.Sparse.MultiplyTransposed(slopes, layer.Gradient);
        }
        else if (batch.Piecewise is not null)
        {
            batch.Piecewise.MultiplyTransposed(slopes, layer.Gradient);
        }
        else
        {
            layer.Gradient.Tensor.addmm_(batch.Features.Transposed, slopes.Tensor, 0);
        }
    }

    /// <summary>What keeps the networks of ranks together; null where every batch is in this process.</summary>
    public StepExchange? Ranks => exchange;

    /// <summary>Computes the gradient, and carries out one step on the gated layer (docs/theory.md §2 and §4).</summary>
    /// <remarks>It leaves w = ω γ^(D−1) ready for the next product.</remarks>
    /// <param name="batch">The features.</param>
    /// <param name="slopes">The slopes of the product [rows, gated width].</param>
    /// <param name="layer">The gated layer.</param>
    /// <param name="step">The settings of the step.</param>
    /// <param name="gradients">The gradients of the whole network, which ranks exchange before anything is updated.</param>
    public void Descend(
        CpuBatch batch, CpuMatrix slopes, GatedParameter layer, in StepSettings step, IReadOnlyList<CpuMatrix> gradients)
    {
        if (batch.Parts is not null && exchange is null && !IsRounded(batch))
        {
            batch.Parts.Descend(slopes, step);
            return;
        }

        if (IsRounded(batch))
        {
            Rounded(batch, layer).MultiplyTransposed(slopes, layer.Gradient);
        }
        else
        {
            MultiplyTransposed(batch, slopes, layer);
        }

        exchange?.BeforeUpdate(gradients);
        if (_deferred is null)
        {
            FusedUpdate.Gated(layer, step);
        }
        else
        {
            _deferred.Update(layer, step);
        }
    }

    /// <summary>Carries out all deferred updates. It must be called before the whole gated layer is read or replaced.</summary>
    public void Flush(GatedParameter layer) => _deferred?.Flush(layer);

    /// <summary>Adds the bias to every row of a, and applies the activation to the first <paramref name="activated"/> columns.</summary>
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

    /// <summary>Leaves out some hidden neurons of each row, and scales the others up.</summary>
    /// <param name="values">The activated values [rows, …].</param>
    /// <param name="mask">Receives the factors of the values [rows, activated].</param>
    /// <param name="probability">The probability with which a value is left out.</param>
    public void Drop(CpuMatrix values, CpuMatrix mask, float probability)
    {
        _dropout ??= new DropoutMask(random);
        _dropout.Fill(mask.Span, probability);
        MultiplyByMask(values, mask);
    }

    /// <summary>Multiplies the first columns by a mask, element by element.</summary>
    public static void MultiplyByMask(CpuMatrix values, CpuMatrix mask)
    {
        for (int row = 0; row < values.Rows; row++)
        {
            Span<float> line = values.Span.Slice(row * values.Columns, mask.Columns);
            TensorPrimitives.Multiply(line, mask.Span.Slice(row * mask.Columns, mask.Columns), line);
        }
    }

    /// <summary>Computes the gradient of the batch's mean loss by the scores, and adds the loss to the running sum.</summary>
    public void LossGradient(CpuBatch batch, CpuMatrix scores, CpuMatrix gradient) =>
        _lossSum += data.Task.Loss.Gradient(
            scores.Span, batch.Targets.Span, batch.Weights.Span, 1f / (exchange?.RowsOfMean(batch.Rows) ?? batch.Rows), gradient.Span);

    /// <summary>Multiplies the gradient by the activation's derivative, given the activation's values.</summary>
    /// <param name="gradient">The gradient [rows, …].</param>
    /// <param name="values">The values of the activation [rows, …].</param>
    /// <param name="activated">How many of the first columns pass through the activation.</param>
    /// <param name="kept">The probability with which dropout kept a value; values were divided by it.</param>
    public void ActivationGradient(CpuMatrix gradient, CpuMatrix values, int activated, float kept)
    {
        float scale = kept * kept;
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
                    : slopes[i] * (Vector<float>.One - outputs[i] * outputs[i] * scale);
            }

            for (int i = slopes.Length * Vector<float>.Count; i < activated; i++)
            {
                slope[i] = activation == DGatingActivation.Relu
                    ? (value[i] > 0 ? slope[i] : 0)
                    : slope[i] * (1 - value[i] * value[i] * scale);
            }
        }
    }

    /// <summary>Computes the column sums of a.</summary>
    public static void ColumnSums(CpuMatrix a, CpuMatrix sums)
    {
        Span<float> target = sums.Span;
        target.Clear();
        for (int row = 0; row < a.Rows; row++)
        {
            TensorPrimitives.Add(target, a.Span.Slice(row * a.Columns, a.Columns), target);
        }
    }

    /// <summary>Carries out one step with momentum and coupled decay on an ungated parameter.</summary>
    public static void Update(Parameter parameter, in StepSettings step, float decay) =>
        FusedUpdate.Plain(parameter.Value.Span, parameter.Gradient.Span, parameter.Velocity.Span, step.LearningRate, step.Momentum, decay);

    /// <summary>Sets γ = 0 for these groups, permanently. w follows with the next <see cref="Compose"/>.</summary>
    public static void Close(GatedParameter parameter, ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            parameter.Gates.Span[group] = 0;
        }
    }

    /// <summary>Computes w = ω γ^(D−1).</summary>
    public static void Compose(GatedParameter parameter, double gateDepth)
    {
        GroupLayout groups = parameter.Groups;
        ReadOnlySpan<float> gates = parameter.Gates.Span;
        for (int j = 0; j < groups.Count; j++)
        {
            Range block = FusedUpdate.Block(parameter, j);
            float product = GatePower.Of(gates[j], gateDepth - 1);
            TensorPrimitives.Multiply(parameter.Primary.Span[block], product, parameter.Effective.Span[block]);
        }
    }

    /// <summary>Measures every group after the last step.</summary>
    public static GroupMeasures Measure(GatedParameter parameter, in StepSettings step)
    {
        GroupLayout groups = parameter.Groups;
        float[] norms = new float[groups.Count];
        float[] gradientNorms = new float[groups.Count];
        float[] lossPart = new float[groups.Count == 0 ? 0 : Enumerable.Range(0, groups.Count).Max(groups.Size) * parameter.Width];
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

    /// <summary>Gives the weighted sum of losses since the last call.</summary>
    public double TakeLoss()
    {
        double sum = _lossSum;
        _lossSum = 0;
        return sum;
    }

    public void Exchange(StateExchange state)
    {
        noise.Exchange(state);
        bool hasDropout = _dropout is not null;
        state.Value(ref hasDropout);
        if (hasDropout)
        {
            _dropout ??= new DropoutMask(random);
            _dropout.Exchange(state);
        }

        // Last, since a mask that is made anew has drawn from it.
        random.Exchange(state);
    }

    public void Dispose()
    {
        _features.Dispose();
        _rounded?.Dispose();
        _team?.Dispose();
    }

    private bool IsRounded(CpuBatch batch) => isRounded && batch.Features.Columns >= Bfloat16Products.LeastColumns;

    // The buffers are made again when columns have left.
    private Bfloat16Products Rounded(CpuBatch batch, GatedParameter layer)
    {
        if (_rounded?.Fits(batch.Features) != true)
        {
            _rounded?.Dispose();
            _rounded = new Bfloat16Products(batch.Rows, batch.Features.Columns, layer.Width);
        }

        return _rounded;
    }
}
