using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Scoring.Tests.Pruning;

/// <summary>Makes transformers of random D-Gating models that read some slots of a feature column, without a training.</summary>
internal static class PlantedModel
{
    public static ITransformer Create(
        IHostEnvironment env, DataViewSchema schema, string task, Random random, int selectedCount, string featureColumn = "Features")
    {
        DataViewSchema.Column features = schema[featureColumn];
        int slotCount = ((VectorDataViewType)features.Type).Size;
        int outputs = task is "multiclass" or "quantiles" ? 3 : 1;
        CollapsedNetwork network = Networks.Create(
            random, slotCount, random.Next(3), outputs, skip: random.Next(2) == 0, DGatingActivation.Relu,
            Math.Min(selectedCount, slotCount), encode: random.Next(2) == 0 ? Encodings.Piecewise : Encodings.Standardization);
        var report = new FeatureSelectionReport(Data(network, features, schema));
        DGatingPathPoint[] path = [new() { Lambda = 0, FeatureCount = slotCount, TrainingLoss = 1, ValidationLoss = 1 }];
        switch (task)
        {
            case "binary":
                var binary = new DGatingBinaryModelParameters(env, network, report, path);
                return new BinaryPredictionTransformer<DGatingBinaryModelParameters>(env, binary, schema, featureColumn, threshold: 0.1f);
            case "multiclass":
                var multiclass = new DGatingMulticlassModelParameters(env, network, report, path);
                return new MulticlassPredictionTransformer<DGatingMulticlassModelParameters>(
                    env, multiclass, schema, featureColumn, nameof(MixedRow.Kind));
            case "quantiles":
                var quantiles = new DGatingQuantileModelParameters(env, network, report, path, new QuantileLevels([0.1, 0.5, 0.9]));
                return new RegressionPredictionTransformer<DGatingRegressionModelParameters>(env, quantiles, schema, featureColumn);
            default:
                var regression = new DGatingRegressionModelParameters(env, network, report, path);
                return new RegressionPredictionTransformer<DGatingRegressionModelParameters>(env, regression, schema, featureColumn);
        }
    }

    /// <summary>A binary model of some slots.</summary>
    public static ITransformer Reading(IHostEnvironment env, DataViewSchema schema, int[] slots)
    {
        DataViewSchema.Column features = schema["Features"];
        int slotCount = ((VectorDataViewType)features.Type).Size;
        var random = new Random(slotCount);
        CollapsedNetwork any = Networks.Create(random, slots.Length, 1, 1, skip: true, DGatingActivation.Relu, slots.Length);
        var inputs = new SelectedInputs(slotCount, slots, any.Inputs.Encoding);
        var network = new CollapsedNetwork(inputs, any.Hidden, any.Activation, any.Output, any.Skip);
        var model = new DGatingBinaryModelParameters(env, network, new FeatureSelectionReport(Data(network, features, schema)), []);
        return new BinaryPredictionTransformer<DGatingBinaryModelParameters>(env, model, schema, features.Name);
    }

    private static SelectionData Data(CollapsedNetwork network, DataViewSchema.Column features, DataViewSchema schema)
    {
        int slotCount = network.Inputs.SlotCount;
        return new SelectionData
        {
            FeatureColumnName = features.Name,
            SlotCount = slotCount,
            Metadata = SlotMetadata.Read(features, schema),
            Groups = SelectionData.GroupPerSlot(slotCount),
            LambdaOut = new double[slotCount],
            SelectedSlots = network.Inputs.Slots.ToArray(),
            Importance = network.InputNorms(),
        };
    }
}
