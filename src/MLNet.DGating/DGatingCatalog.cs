using MLNet.DGating;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Adds D-Gating trainers and transforms to ML.NET's catalogs: networks that select their features while they train.</summary>
public static class DGatingCatalog
{
    /// <summary>
    /// Create a <see cref="DGatingBinaryTrainer"/>, which predicts a Boolean label with a neural network on the features that it selects
    /// itself.
    /// </summary>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating(maximumFeatureCount: 5).Fit(data);
    /// Console.WriteLine(model.Model.FeatureSelection);
    /// </code>
    /// </example>
    /// <param name="catalog">The binary classification trainers.</param>
    /// <param name="labelColumnName">The label column, Boolean.</param>
    /// <param name="featureColumnName">The feature column, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The weight column, Single, or null for none.</param>
    /// <param name="maximumFeatureCount">The number of feature groups to keep, at least 1; null to choose it on held-out rows.</param>
    /// <param name="lambda">λ of the gate penalty, at least 0, instead of a count; null to let λ grow until the count is left.</param>
    /// <param name="gateDepth">The gate depth D, at least 2: the penalty is L_{2,2/D}.</param>
    public static DGatingBinaryTrainer DGating(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? maximumFeatureCount = null,
        double? lambda = null,
        double gateDepth = DGatingDefaults.GateDepth) =>
        catalog.DGating(Fill(
            new DGatingBinaryTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName,
            maximumFeatureCount, lambda, gateDepth));

    /// <summary>Create a <see cref="DGatingBinaryTrainer"/> with all its options.</summary>
    /// <param name="catalog">The binary classification trainers.</param>
    /// <param name="options">The options of the trainer.</param>
    public static DGatingBinaryTrainer DGating(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, DGatingBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingBinaryTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Create a <see cref="DGatingMulticlassTrainer"/>, which predicts a class with a neural network on the features that it selects
    /// itself.
    /// </summary>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(mlContext.MulticlassClassification.Trainers.DGating(maximumFeatureCount: 20));
    /// var model = pipeline.Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog">The multiclass classification trainers.</param>
    /// <param name="labelColumnName">The label column, a key.</param>
    /// <param name="featureColumnName">The feature column, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The weight column, Single, or null for none.</param>
    /// <param name="maximumFeatureCount">The number of feature groups to keep, at least 1; null to choose it on held-out rows.</param>
    /// <param name="lambda">λ of the gate penalty, at least 0, instead of a count; null to let λ grow until the count is left.</param>
    /// <param name="gateDepth">The gate depth D, at least 2: the penalty is L_{2,2/D}.</param>
    public static DGatingMulticlassTrainer DGating(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? maximumFeatureCount = null,
        double? lambda = null,
        double gateDepth = DGatingDefaults.GateDepth) =>
        catalog.DGating(Fill(
            new DGatingMulticlassTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName,
            maximumFeatureCount, lambda, gateDepth));

    /// <summary>Create a <see cref="DGatingMulticlassTrainer"/> with all its options.</summary>
    /// <param name="catalog">The multiclass classification trainers.</param>
    /// <param name="options">The options of the trainer.</param>
    public static DGatingMulticlassTrainer DGating(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, DGatingMulticlassTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingMulticlassTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Create a <see cref="DGatingRegressionTrainer"/>, which predicts a number with a neural network on the features that it selects
    /// itself.
    /// </summary>
    /// <example>
    /// <code>
    /// var model = mlContext.Regression.Trainers.DGating(labelColumnName: "Fare").Fit(data);
    /// IDataView scored = model.Transform(test);
    /// </code>
    /// </example>
    /// <param name="catalog">The regression trainers.</param>
    /// <param name="labelColumnName">The label column, Single.</param>
    /// <param name="featureColumnName">The feature column, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The weight column, Single, or null for none.</param>
    /// <param name="maximumFeatureCount">The number of feature groups to keep, at least 1; null to choose it on held-out rows.</param>
    /// <param name="lambda">λ of the gate penalty, at least 0, instead of a count; null to let λ grow until the count is left.</param>
    /// <param name="gateDepth">The gate depth D, at least 2: the penalty is L_{2,2/D}.</param>
    public static DGatingRegressionTrainer DGating(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? maximumFeatureCount = null,
        double? lambda = null,
        double gateDepth = DGatingDefaults.GateDepth) =>
        catalog.DGating(Fill(
            new DGatingRegressionTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName,
            maximumFeatureCount, lambda, gateDepth));

    /// <summary>Create a <see cref="DGatingRegressionTrainer"/> with all its options.</summary>
    /// <param name="catalog">The regression trainers.</param>
    /// <param name="options">The options of the trainer.</param>
    public static DGatingRegressionTrainer DGating(
        this RegressionCatalog.RegressionTrainers catalog, DGatingRegressionTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingRegressionTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Create a <see cref="DGatingFeatureSelectingEstimator"/>, which keeps the slots of a vector column that a D-gated network selects and
    /// drops the others.
    /// </summary>
    /// <remarks>Slot names and categorical ranges of the column are adapted to the slots that are kept.</remarks>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.FeatureSelection.SelectFeaturesBasedOnDGating("Features", slotsInOutput: 10)
    ///     .Append(mlContext.BinaryClassification.Trainers.SdcaLogisticRegression());
    /// </code>
    /// </example>
    /// <param name="catalog">The feature selection transforms.</param>
    /// <param name="outputColumnName">The name of the shorter column.</param>
    /// <param name="inputColumnName">
    /// The column to select from, a known-size vector of Single; null for <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="labelColumnName">The label column, whose type determines the task: Boolean, key or Single.</param>
    /// <param name="slotsInOutput">
    /// The number of slots to keep, at least 1; null for the fewest that predict held-out rows as well as the best number.
    /// </param>
    public static DGatingFeatureSelectingEstimator SelectFeaturesBasedOnDGating(
        this TransformsCatalog.FeatureSelectionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string labelColumnName = DefaultColumnNames.Label,
        int? slotsInOutput = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingFeatureSelectingEstimator(
            CatalogUtils.GetEnvironment(catalog), outputColumnName, inputColumnName, labelColumnName, slotsInOutput);
    }

    /// <summary>
    /// Create a <see cref="DGatingReconstructionEstimator"/>, which keeps the slots of a vector column from which all its slots can be
    /// rebuilt, and drops the others.
    /// </summary>
    /// <remarks>
    /// No label is needed. Slot names and categorical ranges of the column are adapted to the slots that are kept.
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: 10);
    /// IDataView shorter = pipeline.Fit(data).Transform(data);
    /// </code>
    /// </example>
    /// <param name="catalog">The feature selection transforms.</param>
    /// <param name="outputColumnName">The name of the shorter column.</param>
    /// <param name="inputColumnName">
    /// The column to select from, a known-size vector of Single; null for <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="slotsInOutput">
    /// The number of slots to keep, at least 1; null for the fewest that rebuild held-out rows nearly as well as the best number.
    /// </param>
    public static DGatingReconstructionEstimator SelectFeaturesBasedOnReconstruction(
        this TransformsCatalog.FeatureSelectionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int? slotsInOutput = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new DGatingReconstructionEstimator(
            CatalogUtils.GetEnvironment(catalog), outputColumnName, inputColumnName, slotsInOutput);
    }

    private static TOptions Fill<TOptions>(
        TOptions options, string label, string features, string? weight, int? maximumFeatureCount, double? lambda, double gateDepth)
        where TOptions : DGatingTrainerOptions
    {
        options.LabelColumnName = label;
        options.FeatureColumnName = features;
        options.ExampleWeightColumnName = weight;
        options.MaximumFeatureCount = maximumFeatureCount;
        options.Lambda = lambda;
        options.GateDepth = gateDepth;
        return options;
    }
}
