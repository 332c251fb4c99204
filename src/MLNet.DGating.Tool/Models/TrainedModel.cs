using Microsoft.ML;

namespace MLNet.DGating.Tool.Models;

/// <summary>A trained model, ready to be saved.</summary>
/// <param name="Model">The transformer from the table's columns to the prediction.</param>
/// <param name="InputSchema">The columns that it reads.</param>
/// <param name="Description">The description.</param>
internal sealed record TrainedModel(ITransformer Model, DataViewSchema InputSchema, ModelDescription Description);
