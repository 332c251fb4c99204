using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>What can be asked of a selection beside the rows that it was made on.</summary>
public static class FeatureSelectionExtensions
{
    /// <summary>Finds, for each feature that the model reads, dropped ones that carry much the same.</summary>
    /// <remarks>
    /// For where a feature cannot be measured, or not for its price. A substitute tells at least a quarter of the variance of what the kept
    /// feature adds to scores. Whether a model with it in place of the kept one is as good, only training it tells.
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data);
    /// foreach (FeatureSubstitutes feature in model.Model.FeatureSelection.Substitutes(data))
    /// {
    ///     Console.WriteLine(feature);
    /// }
    /// </code>
    /// </example>
    /// <param name="report">The selection of a model: <c>transformer.Model.FeatureSelection</c>.</param>
    /// <param name="rows">
    /// Rows with the column of <see cref="FeatureSelectionReport.FeatureColumnName"/>, such as those of the training; 2,000 are drawn of
    /// more.
    /// </param>
    /// <param name="most">The most substitutes of a feature, at least 1. The default is 3.</param>
    /// <returns>The features that the model reads, the most important first.</returns>
    /// <exception cref="InvalidOperationException">The report is not that of a model.</exception>
    /// <exception cref="ArgumentException">The rows have no such column.</exception>
    public static IReadOnlyList<FeatureSubstitutes> Substitutes(this FeatureSelectionReport report, IDataView rows, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        Func<VBuffer<float>, float[][]> contributions = report.Contributions ?? throw new InvalidOperationException(
            "The report has no network whose scores could be explained: ask the FeatureSelection of a model.");
        string column = report.FeatureColumnName;
        return rows.Schema.GetColumnOrNull(column) is null
            ? throw new ArgumentException($"The rows have no column '{column}', which the model reads.", nameof(rows))
            : SubstituteSearch.Find(report, rows.GetColumn<VBuffer<float>>(column), contributions, most);
    }
}
