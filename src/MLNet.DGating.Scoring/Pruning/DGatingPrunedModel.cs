using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>A pipeline that reads only what its predictions depend on, with the columns that it reads.</summary>
public sealed class DGatingPrunedModel
{
    private readonly IHostEnvironment _env;

    internal DGatingPrunedModel(
        IHostEnvironment env, TransformerChain<ITransformer> model, DataViewSchema inputSchema, string[] droppedColumns,
        DGatingUnprunedStep[] unprunedSteps)
    {
        _env = env;
        Model = model;
        InputSchema = inputSchema;
        DroppedColumns = Array.AsReadOnly(droppedColumns);
        UnprunedSteps = Array.AsReadOnly(unprunedSteps);
    }

    /// <summary>The pruned pipeline. Its predictions equal those of the original to the bit.</summary>
    public TransformerChain<ITransformer> Model { get; }

    /// <summary>The columns that the pipeline reads; what ML.NET saves beside the model.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The columns that the original pipeline was given and the pruned one does not read.</summary>
    public IReadOnlyList<string> DroppedColumns { get; }

    /// <summary>The steps that stayed as they were, although not all of them may be needed; usually none.</summary>
    public IReadOnlyList<DGatingUnprunedStep> UnprunedSteps { get; }

    /// <summary>Writes the whole pipeline as an ONNX file: from the columns that it reads to its predictions.</summary>
    /// <remarks>
    /// Each column is an input of its name, rows × 1 or rows × slots, of its own type; a date is a text of the form 2024-05-31 or
    /// 2024-05-31T18:30:00. Each prediction is an output of its column's name with ".output". The metadata name inputs, outputs, features
    /// and classes. Texts, dates and hashes use operators that ONNX Runtime alone has; everything else is standard ONNX (opset 13, and 18
    /// where there are texts).
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.Transforms.Concatenate("Features", "Age", "Hours", "Wage")
    ///     .Append(mlContext.BinaryClassification.Trainers.DGating(maximumFeatureCount: 2)).Fit(data);
    /// mlContext.Model.Prune(model, data.Schema).SaveAsOnnx("model.onnx");
    /// </code>
    /// </example>
    /// <param name="stream">The destination. Stays open.</param>
    /// <exception cref="ArgumentException">The stream cannot be written to.</exception>
    /// <exception cref="NotSupportedException">A step has no form in ONNX; the message names it.</exception>
    public void SaveAsOnnx(Stream stream) => OnnxFile.Save(stream, ToOnnx);

    /// <inheritdoc cref="SaveAsOnnx(Stream)"/>
    /// <param name="path">The file. It is written under a temporary name beside it, and replaces an older one when it is complete.</param>
    public void SaveAsOnnx(string path) => OnnxFile.Save(path, ToOnnx);

    private ProtobufMessage ToOnnx() => PipelineOnnx.Create(_env, [.. Model], InputSchema);
}
