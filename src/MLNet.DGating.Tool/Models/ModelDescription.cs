using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Models;

/// <summary>The description of a model beyond what ML.NET saves.</summary>
/// <remarks>It is dgating.json in the model's zip; ML.NET does not read it.</remarks>
internal sealed record ModelDescription
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required LabelColumn Label { get; init; }

    public string? Weight { get; init; }

    /// <summary>What the model was trained for; nothing in models of older versions.</summary>
    public Objective Objective { get; init; } = new();

    /// <summary>The columns that the model was trained on.</summary>
    public required IReadOnlyList<ModelColumn> Columns { get; init; }

    /// <summary>The names of the columns that the saved pipeline reads; null in models of older versions, which read all.</summary>
    public IReadOnlyList<string>? InputColumns { get; init; }

    public required IReadOnlyList<LeftOutColumn> LeftOut { get; init; }

    public required SourceDescription Source { get; init; }

    public required TrainingDescription Training { get; init; }

    /// <summary>The quality on the test rows; empty where there were none.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The classes on the test rows; empty for numbers, and where there were no test rows.</summary>
    public IReadOnlyList<ClassCount> Classes { get; init; } = [];

    /// <summary>The rule by which a row is predicted to be of the positive of two classes; null: a probability above one half.</summary>
    public ThresholdRule? Threshold { get; init; }

    /// <summary>Of the columns that are used, the others that say the same.</summary>
    public IReadOnlyDictionary<string, string[]> Copies { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Whether held-out rows show that the model predicts better than a constant; true where it was not measured.</summary>
    public bool IsBetterThanConstant { get; init; } = true;

    /// <summary>The name of the candidates' metric: "accuracy" or "R²".</summary>
    public required string MetricName { get; init; }

    /// <summary>The counts of features that were judged on held-out rows, from many to few.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>All features: the selected ones by importance, then the others, the last to leave first.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>The pairs of features of an additive model, the strongest first; empty in models of older versions.</summary>
    public IReadOnlyList<ModelPair> Pairs { get; init; } = [];

    /// <summary>Whether there is a column with several quantiles beside the score.</summary>
    [JsonIgnore]
    public bool HasQuantiles => Objective.HasQuantiles;

    /// <summary>Whether ML.NET's own reader understands the table's text as it was understood.</summary>
    [JsonIgnore]
    public bool IsPlainTable => Source.Format is { IsParquet: false, Charset: Charsets.Utf8, HasSeparatorLine: false, Comment: null }
        && Columns.Select(column => column.Cells).Append(Label.Cells)
            .All(cells => cells.Numbers == NumberStyle.Plain && cells.MissingNumbers.Count == 0 && cells.MissingWords.Count == 0
                && cells.Dates == DateOrder.MonthFirst);

    /// <summary>The names of the columns that the pipeline makes.</summary>
    [JsonIgnore]
    public PipelineNames Names => new(Columns, Label, Weight);

    /// <summary>The columns that the saved pipeline reads.</summary>
    [JsonIgnore]
    public IEnumerable<ModelColumn> ReadColumns =>
        InputColumns is null ? Columns : Columns.Where(column => InputColumns.Contains(column.Name));

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
