using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Keeps the slots that D-Gating selected and drops the others.</summary>
/// <remarks>Inside it is ML.NET's own transformer, and that is what is saved: a saved pipeline loads without this library.</remarks>
public sealed class DGatingFeatureSelectingTransformer : ITransformer
{
    private readonly ITransformer _dropper;

    internal DGatingFeatureSelectingTransformer(ITransformer dropper, FeatureSelectionReport selection, double? reconstructionRSquared = null)
    {
        _dropper = dropper;
        FeatureSelection = selection;
        ReconstructionRSquared = reconstructionRSquared;
    }

    /// <summary>Which slots were selected, how important each is, and when each of the others left. Not saved.</summary>
    public FeatureSelectionReport FeatureSelection { get; }

    /// <summary>
    /// The share of the variance of all slots, standardized, that an autoencoder rebuilds from the selected ones on rows held out from its
    /// training.
    /// </summary>
    /// <remarks>Null where slots were selected for a label, or rows were too few to hold some out. Not saved.</remarks>
    public double? ReconstructionRSquared { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _dropper.IsRowToRowMapper;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _dropper.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _dropper.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _dropper.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => _dropper.Save(ctx);
}
