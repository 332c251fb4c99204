using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>A document that a pipeline is written into, step by step, with the variable that holds each column so far.</summary>
/// <param name="env">The environment of what is computed while writing.</param>
/// <param name="document">The document.</param>
internal sealed class PipelineDocument(IHostEnvironment env, OnnxDocument document)
{
    public IHostEnvironment Env => env;

    public OnnxDocument Document => document;

    /// <summary>The same document as ML.NET's transformers write into it.</summary>
    public MLNetOnnxContext Context { get; } = new(document);

    /// <summary>Returns the variable of a column, rows × slots; a date is its ticks.</summary>
    /// <exception cref="NotSupportedException">The column has no form in ONNX.</exception>
    public string this[string column] => Context.ContainsColumn(column)
        ? Context.GetVariableName(column)
        : throw new NotSupportedException($"Column '{column}' has no form in ONNX.");

    public void Set(string column, string variable) => Context.SetVariable(column, variable);

    /// <summary>Writes a step as ML.NET does.</summary>
    /// <returns>Whether ML.NET can.</returns>
    public bool TryWriteByMLNet(ITransformer step, DataViewSchema input)
    {
        if (!step.IsRowToRowMapper || step.GetRowToRowMapper(input) is not ISaveAsOnnx mapper || !mapper.CanSaveOnnx(Context))
        {
            return false;
        }

        mapper.SaveAsOnnx(Context);
        return true;
    }
}
