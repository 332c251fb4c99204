using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The names of the columns that a pipeline makes. None is that of a column of the table.</summary>
internal sealed class PipelineNames
{
    // The columns that trainers and the last step add.
    private static readonly string[] s_predictions =
        ["Score", "Probability", "PredictedLabel", PredictionStep.Column, DGatingQuantileModelParameters.QuantilesColumnName];

    private readonly HashSet<string> _taken;

    /// <param name="columns">The columns that the pipeline reads.</param>
    /// <param name="label">The label.</param>
    /// <param name="weight">The weight; null: none.</param>
    public PipelineNames(IReadOnlyList<ModelColumn> columns, LabelColumn label, string? weight)
    {
        _taken = [.. s_predictions, .. columns.Select(column => column.Name), label.Name];
        if (weight is not null)
        {
            _taken.Add(weight);
        }

        Features = Free("Features");
        Label = s_predictions.Contains(label.Name) ? Free($"{label.Name}.label") : label.Name;
        Weight = weight is not null && s_predictions.Contains(weight) ? Free($"{weight}.weight") : weight;
        ExactLabel = Free($"{label.Name}.exact");
        Group = Free("Group");
    }

    /// <summary>The vector of all features.</summary>
    public string Features { get; }

    /// <summary>The label: its own name, unless predictions would hide it.</summary>
    public string Label { get; }

    /// <summary>The label in double precision, which metrics are computed of.</summary>
    public string ExactLabel { get; }

    public string? Weight { get; }

    /// <summary>The column whose rows of one value stay together.</summary>
    public string Group { get; }

    /// <summary>Returns the name of a part that is made of a column, such as "day.weekday".</summary>
    public string Part(string column, string part) => Free($"{column}.{part}");

    private string Free(string wanted)
    {
        while (_taken.Contains(wanted))
        {
            wanted += "_";
        }

        return wanted;
    }
}
