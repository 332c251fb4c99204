using Microsoft.ML;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Training;

/// <summary>A trained model, ready to be saved.</summary>
/// <param name="Model">From the table's columns to the prediction.</param>
/// <param name="InputSchema">The columns it reads.</param>
/// <param name="Description">What is known of it.</param>
internal sealed record TrainedModel(ITransformer Model, DataViewSchema InputSchema, ModelDescription Description);
