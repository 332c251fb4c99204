namespace MLNet.DGating.Torch.Optimization;

/// <summary>λ along a path: it grows by a factor an iteration (docs/theory.md §8).</summary>
/// <param name="Initial">The first λ, where it does not remove groups at once.</param>
/// <param name="Growth">The factor, above 1.</param>
internal sealed record LambdaSchedule(double Initial, double Growth)
{
    private const double Reduction = 10;
    private const int MaximumReductions = 6;

    /// <summary>Where to start, from the first to the last candidate: each a tenth of the one before.</summary>
    public IEnumerable<double> Starts()
    {
        double lambda = Initial;
        for (int i = 0; i <= MaximumReductions; i++, lambda /= Reduction)
        {
            yield return lambda;
        }
    }

    /// <summary>λ of the iteration after one at <paramref name="lambda"/>.</summary>
    public double Next(double lambda) => lambda * Growth;
}
