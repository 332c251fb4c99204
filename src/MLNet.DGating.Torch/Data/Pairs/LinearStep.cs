namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>A step of an axis as a linear function of encoded columns.</summary>
/// <param name="Weights">The weights of columns, by their numbers among those of all inputs.</param>
/// <param name="Constant">What is added.</param>
internal sealed record LinearStep((int Column, double Weight)[] Weights, double Constant)
{
    /// <summary>The step that is reached everywhere.</summary>
    public static LinearStep Everywhere { get; } = new([], 1);
}
