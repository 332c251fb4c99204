namespace MLNet.DGating.Torch;

/// <summary>
/// Which candidate to believe, by the misfit of the held-out rows. Candidates are compared row by row: the standard error of a
/// difference on the same rows is smaller than that of either, and a few rows that no model fits do not blur it.
/// </summary>
internal sealed class HeldOutChoice(Loss loss, float[] weights)
{
    /// <summary>More noise has to be better by this many standard errors: where it is needed its effect is many times that, elsewhere it costs accuracy at small counts.</summary>
    private const double NoiseStandardErrors = 3;

    /// <summary>The sparsest candidate whose misfit is within one standard error of the best's, at the noise chosen first.</summary>
    public Trial Choose(IReadOnlyList<Trial> trials)
    {
        Trial best = Best(trials);
        return trials.Where(trial => trial.Noise == best.Noise && !IsBetter(best, trial, standardErrors: 1)).MinBy(trial => trial.Count)!;
    }

    /// <summary>The candidate of least misfit, at the noise chosen first.</summary>
    public Trial Best(IReadOnlyList<Trial> trials)
    {
        Trial? best = null;
        foreach (IGrouping<double, Trial> ofNoise in trials.GroupBy(trial => trial.Noise).OrderBy(group => group.Key))
        {
            Trial challenger = ofNoise.MinBy(trial => Judge(trial).Misfit)!;
            if (best is null || IsBetter(challenger, best, NoiseStandardErrors))
            {
                best = challenger;
            }
        }

        return best!;
    }

    /// <summary>A candidate's mean misfit and its standard error.</summary>
    public (double Misfit, double StandardError) Judge(Trial trial)
    {
        (double mean, double error) = MeanAndError(Misfits(trial));
        return (mean, Math.Max(error, loss.MisfitResolution(trial.Refit.HeldOutLosses.Length)));
    }

    /// <summary>A candidate's mean loss and its standard error.</summary>
    public (double Mean, double Error) MeanLoss(Trial trial) => MeanAndError(trial.Refit.HeldOutLosses);

    private bool IsBetter(Trial better, Trial than, double standardErrors)
    {
        double[] gains = Misfits(than);
        TensorPrimitives.Subtract(gains, Misfits(better), gains);
        (double gain, double error) = MeanAndError(gains);
        return gain > standardErrors * Math.Max(error, loss.MisfitResolution(gains.Length));
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
