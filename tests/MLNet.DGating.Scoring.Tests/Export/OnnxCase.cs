using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Export;

/// <summary>A network as the model of a task: the file that it makes, and ML.NET's transformer to compare with.</summary>
internal sealed class OnnxCase
{
    private readonly MLContext _context = new(seed: 1);
    private readonly Action<Stream> _save;

    private OnnxCase(CollapsedNetwork network, string task, string featureColumn, SlotMetadata metadata)
    {
        Network = network;
        Report = ReportOn(network, featureColumn, metadata);
        (Transformer, _save) = task switch
        {
            "binary" => Binary(featureColumn),
            "multiclass" => Multiclass(featureColumn),
            "regression" => Regression(featureColumn),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
        };
    }

    public CollapsedNetwork Network { get; }

    public FeatureSelectionReport Report { get; }

    public ITransformer Transformer { get; }

    public static OnnxCase Create(
        CollapsedNetwork network, string task, string featureColumn = "Features", SlotMetadata? metadata = null) =>
        new(network, task, featureColumn, metadata ?? SlotMetadata.None);

    /// <summary>The tasks that a network can be the model of.</summary>
    public static string[] TasksOf(CollapsedNetwork network) => network.OutputCount == 1 ? ["binary", "regression"] : ["multiclass"];

    public static FeatureSelectionReport ReportOn(CollapsedNetwork network, string featureColumn, SlotMetadata metadata)
    {
        int slots = network.Inputs.SlotCount;
        return new FeatureSelectionReport(new SelectionData
        {
            FeatureColumnName = featureColumn,
            SlotCount = slots,
            Metadata = metadata,
            Groups = SelectionData.GroupPerSlot(slots),
            LambdaOut = new double[slots],
            SelectedSlots = network.Inputs.Slots.ToArray(),
            Importance = network.InputNorms(),
        });
    }

    public void Save(Stream stream) => _save(stream);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Save(stream);
        return stream.ToArray();
    }

    /// <summary>The transformer's predictions.</summary>
    public OnnxResult Predict(float[][] rows) => OnnxResult.Of(Transformer.Transform(View(rows)));

    public IDataView View(float[][] rows)
    {
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[0].ColumnName = Report.FeatureColumnName;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Network.Inputs.SlotCount);
        return _context.Data.LoadFromEnumerable(rows.Select(row => new FeatureRow { Features = row }), definition);
    }

    private (ITransformer, Action<Stream>) Binary(string column)
    {
        var model = new DGatingBinaryModelParameters(_context, Network, Report, []);
        return (new BinaryPredictionTransformer<DGatingBinaryModelParameters>(_context, model, Schema(column), column), model.SaveAsOnnx);
    }

    private (ITransformer, Action<Stream>) Multiclass(string column)
    {
        var model = new DGatingMulticlassModelParameters(_context, Network, Report, []);
        var transformer = new MulticlassPredictionTransformer<DGatingMulticlassModelParameters>(
            _context, model, Schema(column), column, "Kind");
        return (transformer, model.SaveAsOnnx);
    }

    private (ITransformer, Action<Stream>) Regression(string column)
    {
        var model = new DGatingRegressionModelParameters(_context, Network, Report, []);
        var transformer = new RegressionPredictionTransformer<DGatingRegressionModelParameters>(_context, model, Schema(column), column);
        return (transformer, model.SaveAsOnnx);
    }

    // With a key for the label: from its values the transformer knows the classes.
    private DataViewSchema Schema(string featureColumn)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(featureColumn, new VectorDataViewType(NumberDataViewType.Single, Network.Inputs.SlotCount));
        builder.AddColumn("Kind", new KeyDataViewType(typeof(uint), Network.OutputCount));
        return builder.ToSchema();
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
