namespace MLNet.DGating.Torch;

/// <summary>A matrix that gradient descent moves.</summary>
internal sealed class Parameter(int rows, int columns) : IDisposable
{
    public Buffer Value { get; } = new(rows, columns);

    public Buffer Gradient { get; } = new(rows, columns);

    public Buffer Velocity { get; } = new(rows, columns);

    public void Dispose()
    {
        Value.Dispose();
        Gradient.Dispose();
        Velocity.Dispose();
    }
}
