namespace MLNet.DGating.Torch;

/// <summary>
/// Which candidate to believe, by the misfit of the held-out rows. Noise levels are compared row by row: the standard error of a
/// difference on the same rows is far smaller than that of either. Counts are compared by the usual one-standard-error rule
/// (Breiman et al. 1984).
/// </summary>
internal sealed class HeldOutChoice(Loss loss, float[] weights)
{
    /// <summary>More noise has to be better by this many standard errors: it costs accuracy at small counts where it does not help.</summary>
    private const double NoiseStandardErrors = 2;

    /// <summary>The sparsest candidate within one standard error of the best, at the noise chosen first.</summary>
    public Trial Choose(IReadOnlyList<Trial> trials)
    {
        Trial? best = null;
        foreach (IGrouping<double, Trial> ofNoise in trials.GroupBy(trial => trial.Noise).OrderBy(group => group.Key))
        {
            Trial challenger = ofNoise.MinBy(trial => MeanAndError(Misfits(trial)).Mean)!;
            if (best is null || IsClearlyBetter(challenger, best))
            {
                best = challenger;
            }
        }

        (double least, double error) = MeanAndError(Misfits(best!));
        double accepted = least + Math.Max(error, loss.MisfitResolution(best!.Refit.HeldOutLosses.Length));
        return trials.Where(trial => trial.Noise == best.Noise && MeanAndError(Misfits(trial)).Mean <= accepted).MinBy(trial => trial.Count)!;
    }

    private bool IsClearlyBetter(Trial challenger, Trial best)
    {
        double[] gains = Misfits(best);
        TensorPrimitives.Subtract(gains, Misfits(challenger), gains);
        (double gain, double error) = MeanAndError(gains);
        return gain > NoiseStandardErrors * error;
    }

    private double[] Misfits(Trial trial) => Array.ConvertAll(trial.Refit.HeldOutLosses, loss.Misfit);

    private (double Mean, double Error) MeanAndError(double[] values)
    {
        double total = 0, sum = 0, squaredWeights = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.Length == 0 ? 1 : weights[i];
            total += weight;
            squaredWeights += weight * weight;
            sum += weight * values[i];
        }

        double mean = sum / total;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = values[i] - mean;
            squares += (weights.Length == 0 ? 1 : weights[i]) * deviation * deviation;
        }

        // Variance of a weighted mean: the rows count as (Σw)² / Σw² equal ones.
        return (mean, Math.Sqrt(squares / total * squaredWeights) / total);
    }
}
