using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Describes the column that a slot-selecting estimator shortens, and creates its transformer.</summary>
internal sealed class SlotSelectingColumn
{
    private readonly IHost _host;

    public SlotSelectingColumn(IHost host, string outputColumnName, string? inputColumnName, int? slotsInOutput)
    {
        _host = host;
        host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        host.CheckUserArg(
            slotsInOutput is null or >= 1, nameof(slotsInOutput),
            $"must be at least 1, but was {slotsInOutput}. Leave it null to have the number chosen.");
        Output = outputColumnName;
        Input = inputColumnName ?? outputColumnName;
    }

    public string Input { get; }

    public string Output { get; }

    /// <summary>Gives the schema with the shorter column.</summary>
    public SchemaShape OutputSchema(SchemaShape inputSchema, SchemaShape.Column input)
    {
        IEnumerable<SchemaShape.Column> kept = input.Annotations.Where(annotation => annotation.Name
            is AnnotationUtils.Kinds.SlotNames
            or AnnotationUtils.Kinds.CategoricalSlotRanges
            or AnnotationUtils.Kinds.IsNormalized);
        var columns = inputSchema.ToDictionary(each => each.Name);
        columns[Output] = new SchemaShape.Column(Output, input.Kind, input.ItemType, false, new SchemaShape(kept));
        return new SchemaShape(columns.Values);
    }

    /// <summary>Creates the transformer that keeps the selected slots.</summary>
    public DGatingFeatureSelectingTransformer Transformer(FeatureSelectionReport selection, double? reconstructionRSquared = null) =>
        new(SlotSelection.Create(_host, Output, Input, [.. selection.Support]), selection, reconstructionRSquared);
}
