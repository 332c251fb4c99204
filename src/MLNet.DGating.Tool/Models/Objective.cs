using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;

namespace MLNet.DGating.Tool.Models;

/// <summary>What a model was trained for, where that is not the default of its task.</summary>
internal sealed record Objective
{
    /// <summary>The loss of a regression; null for the squared error.</summary>
    public DGatingRegressionLoss? Loss { get; init; }

    /// <summary>Whether the user chose the loss or the transform, be it the default.</summary>
    [JsonIgnore]
    public bool IsChosen { get; init; }

    /// <summary>δ of Huber's loss in the label's unit; null for the default.</summary>
    public double? HuberDelta { get; init; }

    /// <summary>The levels of the quantiles; null where none were given.</summary>
    public IReadOnlyList<double>? Quantiles { get; init; }

    /// <summary>The transform of the label; null for none.</summary>
    public DGatingTargetTransform? TargetTransform { get; init; }

    /// <summary>The weights of the classes; null for none.</summary>
    public DGatingClassWeights? ClassWeights { get; init; }

    /// <summary>Whether there is a column with several quantiles beside the score.</summary>
    [JsonIgnore]
    public bool HasQuantiles => Loss == DGatingRegressionLoss.Quantile && Quantiles is not { Count: 1 };

    /// <summary>Whether a number may be taken away from labels: losses of counts and amounts, and logarithms, need them whole.</summary>
    [JsonIgnore]
    public bool IsShiftable => TargetTransform is null
        && Loss is null or DGatingRegressionLoss.Absolute or DGatingRegressionLoss.Huber or DGatingRegressionLoss.Quantile;

    /// <summary>Returns the objective with what the label's values suggest, where the user did not choose.</summary>
    public Objective For(LabelColumn label, LabelShape shape) =>
        label.Task == LearningTask.Regression && !IsChosen && label.Cells is { Lowest: null, Highest: null }
            ? this with { Loss = shape.Loss }
            : this;

    /// <summary>Sets the options of a trainer that differ from the defaults.</summary>
    public void Set(DGatingTrainerOptions options)
    {
        switch (options)
        {
            case DGatingRegressionTrainer.Options regression:
                regression.Loss = Loss ?? regression.Loss;
                regression.HuberDelta = HuberDelta;
                regression.Quantiles = Quantiles is null ? regression.Quantiles : [.. Quantiles];
                regression.TargetTransform = TargetTransform ?? regression.TargetTransform;
                break;
            case DGatingBinaryTrainer.Options binary:
                binary.ClassWeights = ClassWeights ?? binary.ClassWeights;
                break;
            case DGatingMulticlassTrainer.Options multiclass:
                multiclass.ClassWeights = ClassWeights ?? multiclass.ClassWeights;
                break;
        }
    }

    /// <summary>The same options as assignments of C#.</summary>
    public IEnumerable<string> Assignments()
    {
        if (Loss is { } loss)
        {
            yield return $"Loss = DGatingRegressionLoss.{loss}";
        }

        if (HuberDelta is { } delta)
        {
            yield return FormattableString.Invariant($"HuberDelta = {delta}");
        }

        if (Quantiles is { } levels)
        {
            yield return $"Quantiles = new[] {{ {string.Join(", ", levels.Select(level => FormattableString.Invariant($"{level}")))} }}";
        }

        if (TargetTransform is { } transform)
        {
            yield return $"TargetTransform = DGatingTargetTransform.{transform}";
        }

        if (ClassWeights is { } weights)
        {
            yield return $"ClassWeights = DGatingClassWeights.{weights}";
        }
    }
}
