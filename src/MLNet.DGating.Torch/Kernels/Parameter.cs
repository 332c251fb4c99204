namespace MLNet.DGating.Torch;

/// <summary>A matrix that gradient descent moves.</summary>
internal sealed class Parameter(IKernel kernel, int rows, int columns) : IDisposable
{
    public Buffer Value { get; } = kernel.Allocate(rows, columns);

    public Buffer Gradient { get; } = kernel.Allocate(rows, columns);

    public Buffer Velocity { get; } = kernel.Allocate(rows, columns);

    public void Dispose()
    {
        Value.Dispose();
        Gradient.Dispose();
        Velocity.Dispose();
    }
}
