using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>A network as the model of a task, with its two ways out: the file, and what ML.NET's transformer gives for a row.</summary>
internal sealed class OnnxCase
{
    private OnnxCase(CollapsedNetwork network, Action<Stream> save, Func<float[][], OnnxResult> predict, FeatureSelectionReport report)
    {
        Network = network;
        Save = save;
        Predict = predict;
        Report = report;
    }

    public CollapsedNetwork Network { get; }

    public FeatureSelectionReport Report { get; }

    public Action<Stream> Save { get; }

    /// <summary>What the transformer gives.</summary>
    public Func<float[][], OnnxResult> Predict { get; }

    public static OnnxCase Create(CollapsedNetwork network, string task, string featureColumn = "Features", SlotMetadata? metadata = null)
    {
        var context = new MLContext(seed: 1);
        int slots = network.Inputs.SlotCount;
        var report = new FeatureSelectionReport(new SelectionData
        {
            FeatureColumnName = featureColumn,
            SlotCount = slots,
            Metadata = metadata ?? SlotMetadata.None,
            Groups = SelectionData.GroupPerSlot(slots),
            LambdaOut = new double[slots],
            SelectedSlots = network.Inputs.Slots.ToArray(),
            Importance = network.InputNorms(),
        });
        DataViewSchema schema = Schema(context, featureColumn, slots, network.OutputCount);
        switch (task)
        {
            case "binary":
                var binary = new DGatingBinaryModelParameters(context, network, report, []);
                return new(network, binary.SaveAsOnnx, Predict(new BinaryPredictionTransformer<DGatingBinaryModelParameters>(context, binary, schema, featureColumn)), report);
            case "multiclass":
                var multiclass = new DGatingMulticlassModelParameters(context, network, report, []);
                return new(network, multiclass.SaveAsOnnx,
                    Predict(new MulticlassPredictionTransformer<DGatingMulticlassModelParameters>(context, multiclass, schema, featureColumn, "Kind")), report);
            case "regression":
                var regression = new DGatingRegressionModelParameters(context, network, report, []);
                return new(network, regression.SaveAsOnnx,
                    Predict(new RegressionPredictionTransformer<DGatingRegressionModelParameters>(context, regression, schema, featureColumn)), report);
            default:
                throw new ArgumentOutOfRangeException(nameof(task), task, null);
        }

        Func<float[][], OnnxResult> Predict(ITransformer transformer) => rows => OnnxResult.Of(transformer.Transform(View(context, featureColumn, slots, rows)));
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Save(stream);
        return stream.ToArray();
    }

    public static IDataView View(MLContext context, string featureColumn, int slots, float[][] rows)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[0].ColumnName = featureColumn;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        return context.Data.LoadFromEnumerable(rows.Select(row => new FeatureRow { Features = row }), definition);
    }

    // With a key for the label: from its values the transformer knows the classes.
    private static DataViewSchema Schema(MLContext context, string featureColumn, int slots, int classes)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(featureColumn, new VectorDataViewType(NumberDataViewType.Single, slots));
        builder.AddColumn("Kind", new KeyDataViewType(typeof(uint), classes));
        return builder.ToSchema();
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
