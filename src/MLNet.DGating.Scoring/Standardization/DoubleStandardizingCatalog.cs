using Microsoft.ML.Data;
using MLNet.DGating;

namespace Microsoft.ML;

/// <summary>Transforms of numbers whose differences single precision would round away.</summary>
/// <example>
/// <code>
/// var pipeline = mlContext.Transforms.StandardizeDoubles(new InputOutputColumnPair("Seconds"))
///     .Append(mlContext.Transforms.Concatenate("Features", "Seconds"));
/// </code>
/// </example>
public static class DoubleStandardizingCatalog
{
    /// <summary>Standardizes columns of Double, so that what is left fits in Single.</summary>
    /// <remarks>
    /// The mean is taken away and the deviation divided by in double precision, then the result becomes Single. Seconds since 1970 and
    /// article numbers of ten digits keep their differences so. NaN stays NaN. ML.NET's own normalizers of Double have no form in ONNX;
    /// this one has.
    /// </remarks>
    /// <param name="catalog">The transform catalog.</param>
    /// <param name="columns">The columns: Double as inputs, Single as outputs.</param>
    public static DoubleStandardizingEstimator StandardizeDoubles(this TransformsCatalog catalog, params InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(columns);
        return new DoubleStandardizingEstimator(
            CatalogUtils.GetEnvironment(catalog), [.. columns.Select(column => (column.OutputColumnName, column.InputColumnName))]);
    }
}
