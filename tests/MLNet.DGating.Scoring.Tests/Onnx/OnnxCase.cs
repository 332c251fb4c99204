using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>A network as the model of a task: the file it makes, and ML.NET's transformer to compare with.</summary>
internal sealed class OnnxCase
{
    private readonly MLContext _context;
    private readonly Action<Stream> _save;

    private OnnxCase(MLContext context, CollapsedNetwork network, FeatureSelectionReport report, ITransformer transformer, Action<Stream> save)
    {
        _context = context;
        _save = save;
        Network = network;
        Report = report;
        Transformer = transformer;
    }

    public CollapsedNetwork Network { get; }

    public FeatureSelectionReport Report { get; }

    public ITransformer Transformer { get; }

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
                return new(context, network, report,
                    new BinaryPredictionTransformer<DGatingBinaryModelParameters>(context, binary, schema, featureColumn), binary.SaveAsOnnx);
            case "multiclass":
                var multiclass = new DGatingMulticlassModelParameters(context, network, report, []);
                return new(context, network, report,
                    new MulticlassPredictionTransformer<DGatingMulticlassModelParameters>(context, multiclass, schema, featureColumn, "Kind"), multiclass.SaveAsOnnx);
            case "regression":
                var regression = new DGatingRegressionModelParameters(context, network, report, []);
                return new(context, network, report,
                    new RegressionPredictionTransformer<DGatingRegressionModelParameters>(context, regression, schema, featureColumn), regression.SaveAsOnnx);
            default:
                throw new ArgumentOutOfRangeException(nameof(task), task, null);
        }
    }

    public void Save(Stream stream) => _save(stream);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Save(stream);
        return stream.ToArray();
    }

    /// <summary>What the transformer gives.</summary>
    public OnnxResult Predict(float[][] rows) => OnnxResult.Of(Transformer.Transform(View(rows)));

    public IDataView View(float[][] rows)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[0].ColumnName = Report.FeatureColumnName;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Network.Inputs.SlotCount);
        return _context.Data.LoadFromEnumerable(rows.Select(row => new FeatureRow { Features = row }), definition);
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
