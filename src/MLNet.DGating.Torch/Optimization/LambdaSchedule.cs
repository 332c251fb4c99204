namespace MLNet.DGating.Torch.Optimization;

/// <summary>Gives λ along a path, where it grows by a factor an iteration (docs/theory.md §8).</summary>
/// <param name="Initial">The first λ, above 0, unless it removes groups in its first iteration.</param>
/// <param name="Growth">The factor, above 1.</param>
internal sealed record LambdaSchedule(double Initial, double Growth)
{
    private const double Reduction = 10;
    private const int MaximumReductions = 6;

    /// <summary>Gives the candidates for the first λ, each a tenth of the one before.</summary>
    public IEnumerable<double> Starts()
    {
        double lambda = Initial;
        for (int i = 0; i <= MaximumReductions; i++, lambda /= Reduction)
        {
            yield return lambda;
        }
    }

    /// <summary>Gives λ of the iteration after one at <paramref name="lambda"/>.</summary>
    public double Next(double lambda) => lambda * Growth;
}
