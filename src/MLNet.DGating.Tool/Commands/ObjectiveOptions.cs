using System.CommandLine;
using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options of what a model is trained for: the loss of a number, the weights of classes.</summary>
internal sealed class ObjectiveOptions
{
    private readonly Option<string?> _loss = new Option<string?>("--loss")
    {
        Description = "Of a number: squared predicts the mean, absolute the median, huber is between them, quantile predicts quantiles, "
            + "poisson is for counts, gamma for amounts above 0. Default: poisson of counts, else squared.",
    }.AcceptOnlyFromAmong("squared", "absolute", "huber", "quantile", "poisson", "gamma");
    private readonly Option<double?> _huberDelta = new("--huber-delta")
    {
        Description = "The error, in the label's unit, from which --loss huber no longer squares. Default: chosen from the labels.",
        HelpName = "delta",
    };
    private readonly Option<double[]> _quantiles = new("--quantiles")
    {
        Description = "The quantiles to predict, ascending between 0 and 1; implies --loss quantile, whose default is 0.05 0.5 0.95.",
        HelpName = "level…",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _targetTransform = new Option<string?>("--target-transform")
    {
        Description = "Of a number that is never negative, such as a price: log learns logarithms and predicts the mean, "
            + "auto does where that is better on held-out rows. Default: none.",
    }.AcceptOnlyFromAmong("none", "log", "auto");
    private readonly Option<string?> _classWeights = new Option<string?>("--class-weights")
    {
        Description = "Of classes: with balanced each counts the same, so that more rows are predicted to be of a rare one. Default: none.",
    }.AcceptOnlyFromAmong("none", "balanced");

    public ObjectiveOptions(Command command)
    {
        foreach (Option option in new Option[] { _loss, _huberDelta, _quantiles, _targetTransform, _classWeights })
        {
            command.Add(option);
        }
    }

    /// <summary>Returns what was asked for, and the task that it takes: regression, or null for any.</summary>
    /// <exception cref="ToolException">The options contradict each other.</exception>
    public (Objective Objective, LearningTask? Task) Read(ParseResult parsed)
    {
        double[] quantiles = parsed.GetValue(_quantiles) ?? [];
        DGatingRegressionLoss? loss = Value<DGatingRegressionLoss>(parsed.GetValue(_loss));
        if (quantiles.Length > 0)
        {
            Check(loss is null or DGatingRegressionLoss.Quantile, $"--quantiles and --loss {parsed.GetValue(_loss)} contradict each other: "
                + "give one of them.");
            Check(quantiles.All(level => level is > 0 and < 1) && quantiles.Order().Distinct().SequenceEqual(quantiles),
                $"--quantiles must ascend between 0 and 1, such as 0.05 0.5 0.95, but was {Text(quantiles)}.");
            loss = DGatingRegressionLoss.Quantile;
        }

        double? delta = parsed.GetValue(_huberDelta);
        Check(delta is null || loss == DGatingRegressionLoss.Huber, "--huber-delta goes with --loss huber: give both, or neither.");
        Check(delta is null or > 0, $"--huber-delta must be above 0, but was {delta?.ToString(CultureInfo.InvariantCulture)}.");
        DGatingTargetTransform? transform = Value<DGatingTargetTransform>(parsed.GetValue(_targetTransform));
        Check(transform is null or DGatingTargetTransform.None || loss is null or DGatingRegressionLoss.Squared,
            $"--target-transform goes with --loss squared, but the loss is {loss.ToString()?.ToLowerInvariant()}.");
        DGatingClassWeights? weights = Value<DGatingClassWeights>(parsed.GetValue(_classWeights));
        bool isOfNumbers = loss is not null || transform is not null;
        Check(weights is null || !isOfNumbers, "--class-weights is for classes, and --loss and --target-transform for numbers: "
            + "give the one that fits the label.");
        var objective = new Objective
        {
            Loss = loss is DGatingRegressionLoss.Squared ? null : loss,
            IsChosen = isOfNumbers,
            HuberDelta = delta,
            Quantiles = quantiles.Length > 0 ? quantiles : null,
            TargetTransform = transform is DGatingTargetTransform.None ? null : transform,
            ClassWeights = weights is DGatingClassWeights.None ? null : weights,
        };
        return (objective, isOfNumbers ? LearningTask.Regression : null);
    }

    /// <summary>Checks that what was asked for fits the task.</summary>
    /// <exception cref="ToolException">An option is for another task.</exception>
    public static void Check(Objective objective, LearningTask? needed, LabelColumn label)
    {
        Check(needed is null || label.Task == needed, $"--loss and --target-transform are for numbers, but '{label.Name}' has classes: "
            + "leave them out, or say --task regression.");
        Check(objective.ClassWeights is null || label.Task != LearningTask.Regression,
            $"--class-weights is for classes, but '{label.Name}' is a number: leave it out, or say --task multiclass.");
    }

    private static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw ToolException.Usage(message);
        }
    }

    private static T? Value<T>(string? word)
        where T : struct, Enum => word is null ? null : Enum.Parse<T>(word, ignoreCase: true);

    private static string Text(double[] levels) =>
        string.Join(' ', levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));
}
