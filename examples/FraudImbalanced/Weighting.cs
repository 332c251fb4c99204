using System.Globalization;
using Microsoft.ML;

namespace FraudImbalanced;

/// <summary>How much a training row of the rare class counts beside one of the common class.</summary>
internal sealed record Weighting(string Name, double RareWeight)
{
    public const string Column = "Weight";

    /// <summary>The rows with their weights. Weights belong to training alone: no step of the pipeline makes them, and nobody who predicts has to know them.</summary>
    public IDataView Apply(MLContext mlContext, IDataView rows) =>
        mlContext.Transforms.Expression(Column, string.Create(CultureInfo.InvariantCulture, $"rare => rare ? {RareWeight:f3}f : 1f"), "Label").Fit(rows).Transform(rows);
}
