using System.Globalization;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Checks that the loss of a regression trainer can go on from a model.</summary>
internal static class RegressionContinuation
{
    /// <summary>Throws a user error where link or quantiles of the model are not those of the options.</summary>
    /// <param name="context">Throws user errors.</param>
    /// <param name="options">The options of the trainer that goes on.</param>
    /// <param name="model">The previous model.</param>
    public static void Check(IExceptionContext context, DGatingRegressionTrainer.Options options, DGatingRegressionModelParameters model)
    {
        double[] asked = options.HasQuantiles ? options.Quantiles : [];
        double[] had = model is DGatingQuantileModelParameters quantiles ? [.. quantiles.Levels] : [];
        context.CheckUserArg(asked.AsSpan().SequenceEqual(had), PreviousModel.Parameter,
            $"The trainer predicts {Words(asked)}, but the previous model {Words(had)}. " +
            $"Set {nameof(options.Loss)} and {nameof(options.Quantiles)} as for that model.");
        bool isExponential = model.InverseLink is ExponentialLink;
        bool mayBeExponential = options.Loss is DGatingRegressionLoss.Poisson or DGatingRegressionLoss.Gamma
            || options.TargetTransform != DGatingTargetTransform.None;
        bool mustBeExponential = mayBeExponential && options.TargetTransform != DGatingTargetTransform.Auto;
        context.CheckUserArg(!isExponential || mayBeExponential, PreviousModel.Parameter,
            $"The previous model learned logarithms of the label, but {nameof(options.Loss)} is {options.Loss} and " +
            $"{nameof(options.TargetTransform)} {options.TargetTransform}. " +
            "Set them as for that model: Poisson or Gamma, or Squared with Log.");
        context.CheckUserArg(isExponential || !mustBeExponential, PreviousModel.Parameter,
            $"The previous model learned the label itself, but {nameof(options.Loss)} {options.Loss} with " +
            $"{nameof(options.TargetTransform)} {options.TargetTransform} learns logarithms. Set them as for that model.");
        bool hasOffset = model.InverseLink is ExponentialLink { Offset: not 0 };
        context.CheckUserArg(
            !hasOffset || options.Loss == DGatingRegressionLoss.Squared, PreviousModel.Parameter,
            $"The previous model learned logarithms of the label and an offset, which the loss {options.Loss} has not. " +
            $"Use {nameof(options.Loss)} Squared with {nameof(options.TargetTransform)} Log.");
    }

    private static string Words(double[] levels) => levels.Length == 0
        ? "one number"
        : $"the quantiles {string.Join(", ", levels.Select(level => level.ToString(CultureInfo.InvariantCulture)))}";
}
