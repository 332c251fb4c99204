namespace MLNet.DGating.Torch;

/// <summary>
/// Everything in a training step that is not a product of dense matrices. <see cref="CpuKernel"/> works with SIMD on the tensors' own
/// memory.
/// </summary>
internal interface IKernel : IDisposable
{
    /// <summary>Numbers to predict of a row.</summary>
    int TargetWidth { get; }

    /// <summary>Whether the rows are sparse at present, and batches too.</summary>
    bool IsSparse => false;

    /// <summary>A matrix of zeros where this kernel computes.</summary>
    Buffer Allocate(int rows, int columns);

    /// <summary>Fills the batch with these rows, −1 being padding of weight 0, and adds fresh noise to the features.</summary>
    void LoadBatch(Batch batch, ReadOnlySpan<int> rows, float noise);

    /// <summary>The columns of the design matrix from now on (indices into the present ones).</summary>
    void SelectColumns(ReadOnlySpan<int> columns);

    /// <summary>values = features · w.</summary>
    void Multiply(Batch batch, GatedParameter layer, Buffer values) => values.Tensor.addmm_(batch.Features.Tensor, layer.Effective.Tensor, 0);

    /// <summary>∂L/∂w = featuresᵀ · slopes.</summary>
    void MultiplyTransposed(Batch batch, Buffer slopes, GatedParameter layer) => layer.Gradient.Tensor.addmm_(batch.Features.Transposed, slopes.Tensor, 0);

    /// <summary>Does what steps have left for later, before all of the gated layer is read, or replaced.</summary>
    void Settle(GatedParameter layer)
    {
    }

    /// <summary>a += bias on every row; then the activation on the first <paramref name="activated"/> columns.</summary>
    void AddBias(Buffer a, Buffer bias, int activated);

    /// <summary>target += the last columns of source: the skip connection, forward.</summary>
    void AddSkip(Buffer target, Buffer source);

    /// <summary>The last columns of target = source: the skip connection, backward.</summary>
    void CopySkip(Buffer target, Buffer source);

    /// <summary>gradient = ∂(mean loss of the batch)/∂scores; the loss is added to the running sum.</summary>
    void LossGradient(Batch batch, Buffer scores, Buffer gradient);

    /// <summary>gradient ⊙= activation′, on the first <paramref name="activated"/> columns, given the activation's values.</summary>
    void ActivationGradient(Buffer gradient, Buffer values, int activated);

    /// <summary>sums = column sums of a.</summary>
    void ColumnSums(Buffer a, Buffer sums);

    /// <summary>One step with momentum and coupled decay on an ungated parameter.</summary>
    void Update(Parameter parameter, in StepSettings step, float decay);

    /// <summary>One step on the gated layer (dgating.md §2 and §4); leaves w = ω γ^(D−1) ready for the next product.</summary>
    void Update(GatedParameter parameter, in StepSettings step);

    /// <summary>γ = 0 for these groups, which is for ever; w follows with the next composition.</summary>
    void Close(GatedParameter parameter, ReadOnlySpan<int> groups);

    /// <summary>w = ω γ^(D−1).</summary>
    void Compose(GatedParameter parameter, double gateDepth);

    /// <summary>Where every group stands after the last step.</summary>
    GroupMeasures Measure(GatedParameter parameter, in StepSettings step);

    /// <summary>The weighted sum of losses since the last call. The only read-back in an iteration.</summary>
    double TakeLoss();
}
