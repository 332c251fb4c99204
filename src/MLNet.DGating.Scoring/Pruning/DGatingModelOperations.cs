using MLNet.DGating;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Adds to ML.NET's operations on models what deployed models need.</summary>
public static class DGatingModelOperations
{
    /// <summary>Prunes a pipeline, so that it reads only the columns that its predictions depend on.</summary>
    /// <remarks>
    /// A D-Gating model reads its selected features. What is before it is made anew for them: concatenations lose inputs, and encodings,
    /// texts, missing values, normalizers and all other steps lose the columns, and where they can the slots, that nothing needs. They stay
    /// transformers of ML.NET, and the predictions stay the same to the bit. A step that cannot be taken apart stays as it is and is named
    /// in <see cref="DGatingPrunedModel.UnprunedSteps"/> and in a warning. Columns that the pipeline makes on the way lose slots, or are
    /// no longer there. The predictions of all models in the pipeline, and what is made behind the last of them, are always kept.
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.Transforms.Concatenate("Features", "Age", "Hours", "Wage")
    ///     .Append(mlContext.BinaryClassification.Trainers.DGating(maximumFeatureCount: 2)).Fit(data);
    /// var pruned = mlContext.Model.Prune(model, data.Schema);
    /// mlContext.Model.Save(pruned.Model, pruned.InputSchema, "model.zip");
    /// </code>
    /// </example>
    /// <param name="catalog">The operations on models.</param>
    /// <param name="model">A fitted or loaded pipeline.</param>
    /// <param name="inputSchema">The columns that the pipeline takes: those that it was fitted on, or that were loaded with it.</param>
    /// <param name="keptColumns">Further columns of the output to keep, such as the label for an evaluation.</param>
    /// <exception cref="ArgumentException">
    /// The output has no column of a name in <paramref name="keptColumns"/>, or the model predicts nothing and no column is named.
    /// </exception>
    public static DGatingPrunedModel Prune(
        this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, params IReadOnlyCollection<string> keptColumns)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(model, nameof(model));
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        Contracts.CheckValue(keptColumns, nameof(keptColumns));
        return PipelinePruning.Prune(CatalogUtils.GetEnvironment(catalog), model, inputSchema, keptColumns);
    }
}
