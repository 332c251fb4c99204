using System.Globalization;
using Microsoft.ML;

namespace FraudImbalanced;

/// <summary>How much a training row of the rare class counts beside one of the common class.</summary>
internal sealed record Weighting(string Name, double RareWeight)
{
    public const string Column = "Weight";

    /// <summary>Returns the rows with their weights.</summary>
    /// <remarks>Weights belong to training alone: no step of the pipeline makes them, so that a prediction does not need them.</remarks>
    public IDataView Apply(MLContext mlContext, IDataView rows)
    {
        string weight = string.Create(CultureInfo.InvariantCulture, $"rare => rare ? {RareWeight:f3}f : 1f");
        return mlContext.Transforms.Expression(Column, weight, "Label").Fit(rows).Transform(rows);
    }
}
