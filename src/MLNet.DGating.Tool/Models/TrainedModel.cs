using Microsoft.ML;

namespace MLNet.DGating.Tool.Models;

/// <summary>A trained model, ready to be saved.</summary>
/// <param name="Model">From the table's columns to the prediction.</param>
/// <param name="InputSchema">The columns it reads.</param>
/// <param name="Description">What is known of it.</param>
/// <param name="Page">The same for people, as HTML, with the whole path.</param>
internal sealed record TrainedModel(ITransformer Model, DataViewSchema InputSchema, ModelDescription Description, string Page);
