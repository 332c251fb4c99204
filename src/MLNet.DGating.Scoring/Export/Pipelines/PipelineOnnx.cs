using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Writes a whole pipeline as an ONNX file: the columns that it reads in, its predictions out.</summary>
/// <remarks>ML.NET's transformers write themselves, but for steps that they lack or write for one row at a time.</remarks>
internal static class PipelineOnnx
{
    private const string OutputSuffix = ".output";

    private static readonly StepConverter[] s_converters =
    [
        new PredictionConverter(), new SelectingConverter(), new ConcatenationConverter(), new SlotDroppingConverter(),
        new HashingConverter(), new KeyToVectorConverter(), new MissingValueConverter(), new TypeConverter(), new ExpressionConverter(),
        new TextNormalizingConverter(), new WordTokenizingConverter(), new ValueToKeyConverter(), new NgramConverter(),
        new KeyToWordConverter(), new WordOfFlagConverter(),
    ];

    /// <summary>Creates the file.</summary>
    /// <exception cref="NotSupportedException">A step has no form in ONNX.</exception>
    public static ProtobufMessage Create(IHostEnvironment env, IReadOnlyList<ITransformer> steps, DataViewSchema inputSchema)
    {
        DataViewSchema[] schemas = PipelineOutputs.Schemas(steps, inputSchema);
        string[] outputs = PipelineOutputs.Of(steps, schemas);
        DataViewSchema.Column[] inputs = [.. inputSchema.Where(column => !column.IsHidden)];
        var document = new OnnxDocument(inputs.Select(column => column.Name).Concat(outputs.Select(column => column + OutputSuffix)));
        var pipeline = new PipelineDocument(env, document);
        foreach (DataViewSchema.Column column in inputs)
        {
            pipeline.Set(column.Name, column.Name);
            pipeline.Describe(column);
        }

        for (int i = 0; i < steps.Count; i++)
        {
            Write(steps[i], schemas[i], schemas[i + 1], pipeline);
        }

        foreach (string column in outputs)
        {
            document.AddNode("Identity", [pipeline[column]], output: column + OutputSuffix);
        }

        OnnxOutput[] read = Array.ConvertAll(inputs, column => OnnxTypes.Of(column.Name, column.Type));
        OnnxOutput[] written = Array.ConvertAll(outputs, column => OnnxTypes.Of(column + OutputSuffix, schemas[^1][column].Type));
        return document.ToModel(read, written, OnnxFile.Producer(), PipelineMetadata.Of(env, steps, schemas, read, written));
    }

    /// <summary>Writes a step.</summary>
    /// <exception cref="NotSupportedException">The step has no form in ONNX; the message names it.</exception>
    public static void Write(ITransformer step, DataViewSchema input, DataViewSchema output, PipelineDocument pipeline)
    {
        string name = step.GetType().Name.Split('`')[0];
        try
        {
            bool isWritten = s_converters.Any(converter => converter.TryWrite(step, input, pipeline))
                || pipeline.TryWriteByMLNet(step, input);
            DataViewSchema.Column[] made = [.. StepColumns.Made(output, input)];
            if (!isWritten || made.Any(column => !pipeline.Contains(column.Name)))
            {
                throw new NotSupportedException($"It makes {string.Join(", ", made.Select(column => $"'{column.Name}'"))}.");
            }

            foreach (DataViewSchema.Column column in made)
            {
                pipeline.Describe(column);
            }
        }
        catch (Exception fault) when (fault is NotSupportedException or KeyNotFoundException)
        {
            throw new NotSupportedException($"The step {name} has no form in ONNX. {fault.Message} "
                + "Leave the step out, or export the model behind it alone with SaveAsOnnx of its parameters.", fault);
        }
    }
}
