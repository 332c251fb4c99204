using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Models;

/// <summary>What the tool knows of a model beyond what ML.NET saves. It lies in the model's zip as dgating.json; ML.NET does not look at it.</summary>
internal sealed record ModelDescription
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required LabelColumn Label { get; init; }

    public string? Weight { get; init; }

    /// <summary>The columns the pipeline reads.</summary>
    public required IReadOnlyList<ModelColumn> Columns { get; init; }

    public required IReadOnlyList<LeftOutColumn> LeftOut { get; init; }

    public required SourceDescription Source { get; init; }

    public required TrainingDescription Training { get; init; }

    /// <summary>Quality on the test rows; empty where there were none.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>What the candidates' metric is: "accuracy" or "R²".</summary>
    public required string MetricName { get; init; }

    /// <summary>Counts of features that were judged on held-out rows, from many to few.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>All features, the selected ones first, by importance; then the last to leave first.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>The columns that predictions depend on. The others may be absent.</summary>
    [JsonIgnore]
    public IEnumerable<ModelColumn> UsedColumns
    {
        get
        {
            HashSet<string> used = [.. Features.Where(feature => feature.IsSelected).Select(feature => feature.Column)];
            return Columns.Where(column => used.Contains(column.Name));
        }
    }
}

/// <summary>The file a model was trained on.</summary>
internal sealed record SourceDescription(string File, TableFormat Format, IReadOnlyList<string> ColumnNames);

/// <summary>How a model was trained.</summary>
/// <param name="Rows">Rows it was trained on.</param>
/// <param name="TestRows">Rows it was tested on.</param>
/// <param name="RowsWithoutLabel">Rows that were left out because they had no label.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="FeaturesAskedFor">Null: chosen.</param>
/// <param name="IsComplete">Whether the path was followed to its end; false after Ctrl+C.</param>
internal sealed record TrainingDescription(long Rows, long TestRows, long RowsWithoutLabel, int Seed, int? FeaturesAskedFor, bool IsComplete);

internal sealed record Metric(string Name, double Value);

internal sealed record Candidate(int FeatureCount, double Metric, double MetricStandardError, double BoundedLoss, double BoundedLossStandardError);

/// <summary>A number, a category as a whole, a part of a date, or a word of a text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">The column it was made of.</param>
/// <param name="Slots">Numbers that the network reads of it.</param>
/// <param name="Importance">The norm of all weights that leave it; 0 where it was dropped.</param>
/// <param name="LambdaOut">The λ at which it left; null where it stayed.</param>
/// <param name="IsSelected">Whether the model reads it.</param>
internal sealed record Feature(string Name, string Column, int Slots, float Importance, double? LambdaOut, bool IsSelected);
