using System.Globalization;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Checks the options that only <see cref="DGatingRegressionTrainer"/> has.</summary>
internal static class RegressionOptionsCheck
{
    /// <summary>Throws a user error for the first option that breaks its rule.</summary>
    public static void Validate(IExceptionContext context, DGatingRegressionTrainer.Options options)
    {
        OptionsCheck.CheckName(context, options.Loss, nameof(options.Loss));
        OptionsCheck.CheckName(context, options.TargetTransform, nameof(options.TargetTransform));
        OptionsCheck.Check(
            context, OptionsCheck.IsAbove(options.HuberDelta, 0), nameof(options.HuberDelta),
            "above 0 and finite", options.HuberDelta, "It is in the label's unit.");
        OptionsCheck.Check(
            context, options.HuberDelta is null || options.Loss == DGatingRegressionLoss.Huber, nameof(options.HuberDelta),
            $"null where {nameof(options.Loss)} is not Huber", options.HuberDelta);
        OptionsCheck.Check(
            context, options.Quantiles is not null, nameof(options.Quantiles), "a list of levels", "null", "Use 0.5 for the median.");
        OptionsCheck.Check(
            context, QuantileLevels.AreValid(options.Quantiles!), nameof(options.Quantiles),
            "levels that ascend between 0 and 1", $"[{string.Join(", ", Text(options.Quantiles!))}]", "Use 0.5 for the median.");
        OptionsCheck.Check(
            context, options.TargetTransform == DGatingTargetTransform.None || options.Loss == DGatingRegressionLoss.Squared,
            nameof(options.TargetTransform), $"None where {nameof(options.Loss)} is {options.Loss}", options.TargetTransform,
            "Medians and quantiles need no transform; Poisson and Gamma learn a logarithm already.");
        OptionsCheck.Check(
            context, !options.ComputeCertificate || options.Loss is not (DGatingRegressionLoss.Absolute or DGatingRegressionLoss.Quantile),
            nameof(options.ComputeCertificate), $"false where {nameof(options.Loss)} is {options.Loss}", options.ComputeCertificate,
            "The gradient of this loss jumps, so that no point can be certified. Huber with a small HuberDelta is near to Absolute.");
    }

    private static IEnumerable<string> Text(double[] levels) => levels.Select(level => level.ToString(CultureInfo.InvariantCulture));
}
