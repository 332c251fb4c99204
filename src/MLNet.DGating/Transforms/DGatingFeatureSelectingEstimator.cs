using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Selects slots of a vector column by training a D-gated network on them.</summary>
/// <remarks>
/// Unlike selection by counts or by mutual information it takes into account how slots predict together. Every slot is a feature of its
/// own. The type of the label determines the task: Boolean, key or Single.
/// </remarks>
public sealed class DGatingFeatureSelectingEstimator : IEstimator<DGatingFeatureSelectingTransformer>
{
    private readonly IHost _host;
    private readonly SlotSelectingColumn _column;
    private readonly string _labelColumnName;
    private readonly int? _slotsInOutput;

    internal DGatingFeatureSelectingEstimator(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, string labelColumnName, int? slotsInOutput)
    {
        Contracts.CheckValue(env, nameof(env));
        _host = env.Register(nameof(DGatingFeatureSelectingEstimator));
        _column = new SlotSelectingColumn(_host, outputColumnName, inputColumnName, slotsInOutput);
        _host.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        _labelColumnName = labelColumnName;
        _slotsInOutput = slotsInOutput;
    }

    /// <summary>Trains a network on the column and keeps the slots it selects.</summary>
    /// <param name="input">The rows to select by.</param>
    public DGatingFeatureSelectingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        FeatureSelectionReport selection = Trainer(SchemaShape.Create(input.Schema)).Fit(input) switch
        {
            IPredictionTransformer<DGatingModelParameters<float>> scalar => scalar.Model.FeatureSelection,
            IPredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector => vector.Model.FeatureSelection,
            ITransformer other => throw _host.Except($"Unexpected transformer {other.GetType()}."),
        };
        return _column.Transformer(selection);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        // The trainer checks its columns with ML.NET's own errors.
        Trainer(inputSchema).GetOutputSchema(inputSchema);
        inputSchema.TryFindColumn(_column.Input, out SchemaShape.Column column);
        return _column.OutputSchema(inputSchema, column);
    }

    private IEstimator<ITransformer> Trainer(SchemaShape schema)
    {
        if (!schema.TryFindColumn(_labelColumnName, out SchemaShape.Column label))
        {
            throw _host.ExceptSchemaMismatch(nameof(schema), "label", _labelColumnName);
        }

        return label switch
        {
            { IsKey: true } => new DGatingMulticlassTrainer(_host, Set(new DGatingMulticlassTrainer.Options())),
            { ItemType: BooleanDataViewType } => new DGatingBinaryTrainer(_host, Set(new DGatingBinaryTrainer.Options())),
            { ItemType: NumberDataViewType number } when number == NumberDataViewType.Single =>
                new DGatingRegressionTrainer(_host, Set(new DGatingRegressionTrainer.Options())),
            _ => throw _host.ExceptSchemaMismatch(
                nameof(schema), "label", _labelColumnName, "Boolean, Key<UInt32> or Single", label.GetTypeString()),
        };
    }

    private TOptions Set<TOptions>(TOptions options)
        where TOptions : DGatingTrainerOptions
    {
        options.LabelColumnName = _labelColumnName;
        options.FeatureColumnName = _column.Input;
        options.MaximumFeatureCount = _slotsInOutput;
        options.Groups = FeatureGroups.PerSlot;
        return options;
    }
}
