using Microsoft.ML.Data;
using MLNet.DGating;

namespace Microsoft.ML;

/// <summary>An encoding of categories of many values: by what the label is like where they occur.</summary>
public static class TargetEncodingCatalog
{
    /// <summary>Encodes categories by the mean of the label in the rows of each value; no training row is told its own.</summary>
    /// <remarks>
    /// <para>
    /// A number or one of two classes becomes one slot, one of several classes a slot for each. The mean of a value is drawn towards the
    /// mean of all rows, the more so the fewer rows it has; by how much follows from how much the label varies within and between values
    /// (docs/theory.md §29). An empty text, and a value that was not seen, have the mean of all rows.
    /// </para>
    /// <para>
    /// The view that the estimator was fitted on gets other numbers from the fitted transformer than any other view: the rows are dealt
    /// into folds, and a row's number is made of the folds that it is not in. So a pipeline with a trainer behind this step trains on
    /// numbers that do not know the labels of their rows, and <c>pipeline.Fit(data)</c> is all that it takes. Another view of the same
    /// rows, and a transformer that was saved and loaded, have the numbers made of all rows.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.Categorical.TargetEncode([new("Article")], labelColumnName: "Price")
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Article", "Weight"))
    ///     .Append(mlContext.Regression.Trainers.DGating(labelColumnName: "Price"));
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog.</param>
    /// <param name="columns">The columns: texts as inputs, Single or a vector of Single as outputs.</param>
    /// <param name="labelColumnName">The label: Boolean, a number (Single or Double), or a key of at most 100 values.</param>
    /// <param name="folds">The number of folds, 2 to 100.</param>
    /// <param name="smoothing">
    /// The number of rows as which the mean of all rows counts, at least 0; null to have it follow from the labels.
    /// </param>
    public static TargetEncodingEstimator TargetEncode(
        this TransformsCatalog.CategoricalTransforms catalog, InputOutputColumnPair[] columns,
        string labelColumnName = DefaultColumnNames.Label, int folds = 5, double? smoothing = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(columns);
        return new TargetEncodingEstimator(
            CatalogUtils.GetEnvironment(catalog), [.. columns.Select(column => (column.OutputColumnName, column.InputColumnName))],
            labelColumnName, folds, smoothing);
    }
}
