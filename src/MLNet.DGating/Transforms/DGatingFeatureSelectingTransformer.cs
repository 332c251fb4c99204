using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Keeps the slots that D-Gating selected and drops the others.</summary>
/// <remarks>It wraps one of ML.NET's own transformers. That one is saved, so that a saved pipeline loads without this library.</remarks>
public sealed class DGatingFeatureSelectingTransformer : ITransformer
{
    private readonly ITransformer _dropper;

    internal DGatingFeatureSelectingTransformer(
        ITransformer dropper, FeatureSelectionReport selection, double? reconstructionRSquared = null)
    {
        _dropper = dropper;
        FeatureSelection = selection;
        ReconstructionRSquared = reconstructionRSquared;
    }

    /// <summary>The report on the selection: the selected slots, their importance, and the λ at which the others left.</summary>
    /// <remarks>The report is not saved.</remarks>
    public FeatureSelectionReport FeatureSelection { get; }

    /// <summary>The R² of all standardized slots, rebuilt from the selected ones by an autoencoder, on held-out rows.</summary>
    /// <remarks>It is null if slots were selected for a label, or rows were too few to hold some out. It is not saved.</remarks>
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
