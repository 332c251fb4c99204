namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>The corners of the triangle of a grid in which a row lies, and their weights, which add up to 1.</summary>
internal readonly record struct GridPlace(int First, float OfFirst, int Second, float OfSecond, int Third, float OfThird)
{
    /// <summary>Gives the value of a function that is linear on every triangle.</summary>
    /// <param name="nodes">Its values at the nodes.</param>
    public double Interpolate(ReadOnlySpan<double> nodes) =>
        OfFirst * nodes[First] + OfSecond * nodes[Second] + OfThird * nodes[Third];

    /// <summary>Adds a number to the nodes, each by its weight.</summary>
    public void Spread(double value, Span<double> nodes)
    {
        nodes[First] += OfFirst * value;
        nodes[Second] += OfSecond * value;
        nodes[Third] += OfThird * value;
    }
}
