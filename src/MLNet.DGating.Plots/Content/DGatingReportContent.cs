namespace MLNet.DGating.Plots;

/// <summary>What a report tells. Only the selection is needed; whatever else is given has a section.</summary>
/// <example>
/// <code>
/// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
/// var model = path.SparsestWithinOneStandardError;
/// System.IO.File.WriteAllText("report.html", DGatingReport.ToHtml("Churn", new DGatingReportContent
/// {
///     Selection = model.Model.FeatureSelection,
///     Path = path,
///     Facts = [("Data", "churn.csv, 7,043 rows"), ("Seed", "1")],
///     Substitutes = model.Model.FeatureSelection.Substitutes(data),
/// }));
/// </code>
/// </example>
public sealed class DGatingReportContent
{
    /// <summary>The model's selection: <c>transformer.Model.FeatureSelection</c>.</summary>
    public required FeatureSelectionReport Selection { get; init; }

    /// <summary>The path that the model comes from; null for none.</summary>
    public DGatingPath? Path { get; init; }

    /// <summary>The result of stability selection; null for none.</summary>
    public DGatingStability? Stability { get; init; }

    /// <summary>The sentence at the top; null for the count of features.</summary>
    public string? Summary { get; init; }

    /// <summary>The head of the report: names and values, such as data, rows, date, seed and version.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>The test on rows that were not trained on; null for none.</summary>
    public ReportTest? Test { get; init; }

    /// <summary>Why this count of features; null where the path says it.</summary>
    public string? CountReason { get; init; }

    /// <summary>How the prediction depends on features, the most important first.</summary>
    public IReadOnlyList<ReportEffect> Effects { get; init; } = [];

    /// <summary>What pairs of features add together, the strongest first.</summary>
    public IReadOnlyList<ReportSurface> Surfaces { get; init; } = [];

    /// <summary>The dropped features that could stand for kept ones, as the library finds them.</summary>
    public IReadOnlyList<FeatureSubstitutes> Substitutes { get; init; } = [];

    /// <summary>The dropped features that could stand for kept ones, with their quality where it was measured.</summary>
    public IReadOnlyList<ReportStandIn> StandIns { get; init; } = [];

    /// <summary>Rows whose predictions are explained.</summary>
    public IReadOnlyList<ReportExample> Examples { get; init; } = [];

    /// <summary>What was never given to the trainer, and why.</summary>
    public IReadOnlyList<(string Name, string Reason)> LeftOut { get; init; } = [];
}
