using MLNet.DGating;
using MLNet.DGating.Trees;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Adds trainers that keep a few trees of a forest to ML.NET's catalogs.</summary>
public static class DGatingTreesCatalog
{
    /// <summary>
    /// Create a <see cref="DGatingTreesBinaryTrainer"/>, which grows a forest by FastTree and keeps the few trees that predict a Boolean
    /// label as well as all of them.
    /// </summary>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGatingTrees(numberOfTrees: 500).Fit(data);
    /// Console.WriteLine($"{model.Model.SubModel.TrainedTreeEnsemble.Trees.Count} trees are kept.");
    /// </code>
    /// </example>
    /// <param name="catalog">The binary classification trainers.</param>
    /// <param name="labelColumnName">The label column, Boolean.</param>
    /// <param name="featureColumnName">The feature column, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The weight column, Single, or null for none.</param>
    /// <param name="maximumTreeCount">The number of trees to keep, at least 1; null to choose it on held-out rows.</param>
    /// <param name="numberOfTrees">The number of trees to grow and select from, at least 1.</param>
    /// <param name="gateDepth">The gate depth D, at least 2.</param>
    public static DGatingTreesBinaryTrainer DGatingTrees(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? maximumTreeCount = null,
        int numberOfTrees = DGatingTreesOptions.DefaultNumberOfTrees,
        double gateDepth = DGatingDefaults.GateDepth)
    {
        var options = new DGatingTreesBinaryTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            MaximumTreeCount = maximumTreeCount,
            GateDepth = gateDepth,
        };
        options.Forest.NumberOfTrees = numberOfTrees;
        return catalog.DGatingTrees(options);
    }

    /// <summary>Create a <see cref="DGatingTreesBinaryTrainer"/> with all its options.</summary>
    /// <param name="catalog">The binary classification trainers.</param>
    /// <param name="options">The options of the trainer.</param>
    public static DGatingTreesBinaryTrainer DGatingTrees(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, DGatingTreesBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingTreesBinaryTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Create a <see cref="DGatingTreesRegressionTrainer"/>, which grows a forest by FastTree and keeps the few trees that predict a number
    /// as well as all of them.
    /// </summary>
    /// <example>
    /// <code>
    /// var selection = mlContext.Regression.Trainers.DGatingTrees(maximumTreeCount: 5).FitSelection(data);
    /// Console.WriteLine(selection);
    /// IDataView scored = selection.Transformer.Transform(test);
    /// </code>
    /// </example>
    /// <param name="catalog">The regression trainers.</param>
    /// <param name="labelColumnName">The label column, Single.</param>
    /// <param name="featureColumnName">The feature column, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The weight column, Single, or null for none.</param>
    /// <param name="maximumTreeCount">The number of trees to keep, at least 1; null to choose it on held-out rows.</param>
    /// <param name="numberOfTrees">The number of trees to grow and select from, at least 1.</param>
    /// <param name="gateDepth">The gate depth D, at least 2.</param>
    public static DGatingTreesRegressionTrainer DGatingTrees(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? maximumTreeCount = null,
        int numberOfTrees = DGatingTreesOptions.DefaultNumberOfTrees,
        double gateDepth = DGatingDefaults.GateDepth)
    {
        var options = new DGatingTreesRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            MaximumTreeCount = maximumTreeCount,
            GateDepth = gateDepth,
        };
        options.Forest.NumberOfTrees = numberOfTrees;
        return catalog.DGatingTrees(options);
    }

    /// <summary>Create a <see cref="DGatingTreesRegressionTrainer"/> with all its options.</summary>
    /// <param name="catalog">The regression trainers.</param>
    /// <param name="options">The options of the trainer.</param>
    public static DGatingTreesRegressionTrainer DGatingTrees(
        this RegressionCatalog.RegressionTrainers catalog, DGatingTreesRegressionTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingTreesRegressionTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }
}
