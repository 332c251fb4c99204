using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>A document that a pipeline is written into, step by step, with the variable that holds each column so far.</summary>
/// <param name="env">The environment of what is computed while writing.</param>
/// <param name="document">The document.</param>
internal sealed class PipelineDocument(IHostEnvironment env, OnnxDocument document)
{
    private readonly Dictionary<string, DeferredText> _deferred = new(StringComparer.Ordinal);
    private readonly MLNetOnnxContext _context = new(document);

    public IHostEnvironment Env => env;

    public OnnxDocument Document => document;

    /// <summary>Returns the variable of a column, rows × slots; a date is its ticks.</summary>
    /// <exception cref="NotSupportedException">The column has no form in ONNX.</exception>
    public string this[string column] => _context.ContainsColumn(column) && !_deferred.ContainsKey(column)
        ? _context.GetVariableName(column)
        : throw new NotSupportedException($"Column '{column}' has no form in ONNX.");

    /// <summary>Tells whether a column was written or deferred.</summary>
    public bool Contains(string column) => _context.ContainsColumn(column) || _deferred.ContainsKey(column);

    /// <summary>Returns what is known of a column of texts that is not written yet; null of other columns.</summary>
    public DeferredText? Deferred(string column) => _deferred.GetValueOrDefault(column);

    public void Set(string column, string variable)
    {
        _deferred.Remove(column);
        _context.SetVariable(column, variable);
    }

    /// <summary>Says of which type a column is, for ML.NET's transformers.</summary>
    public void Describe(DataViewSchema.Column column) => _context.Describe(column.Name, column.Type);

    public void Set(string column, DeferredText text) => _deferred[column] = text;

    /// <summary>Writes a step as ML.NET does.</summary>
    /// <returns>Whether ML.NET can, for any number of rows.</returns>
    public bool TryWriteByMLNet(ITransformer step, DataViewSchema input)
    {
        if (IsForOneRow(step) || !step.IsRowToRowMapper
            || step.GetRowToRowMapper(input) is not ISaveAsOnnx mapper || !mapper.CanSaveOnnx(_context))
        {
            return false;
        }

        mapper.SaveAsOnnx(_context);
        return true;
    }

    // ML.NET writes these with shapes that are right for one row at a time.
    private static bool IsForOneRow(ITransformer step) => step is SlotsDroppingTransformer or IsotonicCalibratorTransformer
        || step.GetType().Namespace == typeof(TextNormalizingTransformer).Namespace;
}
