using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Models;

/// <summary>A model as ONNX: the pipeline from the table's columns to scores, or the network alone.</summary>
internal static class OnnxModel
{
    /// <summary>Writes a model as ONNX; ML.NET converts the pipeline.</summary>
    /// <exception cref="ToolException">A step of the pipeline has no form in ONNX.</exception>
    public static void Save(MLContext mlContext, ModelFile model, string path, bool networkOnly)
    {
        LearningTask task = model.Description.Label.Task;
        // The last step of a classification maps predictions to words. It stays out: ONNX maps no Booleans.
        ITransformer[] scoring = [.. ((IEnumerable<ITransformer>)model.Model).SkipLast(task == LearningTask.Regression ? 0 : 1)];
        if (networkOnly)
        {
            OutputFile.Write(path, temporary => SaveNetwork(scoring[^1], temporary));
            return;
        }

        if (model.Description.Columns.FirstOrDefault(column => column.Encoding == Encoding.Date) is { } date)
        {
            throw ToolException.Input($"The date '{date.Name}' has no form in ONNX: "
                + $"export the network alone with --network, or train without it (--ignore {date.Name}).");
        }

        var rows = new EmptyTable(model.InputSchema);
        string[] outputs = task == LearningTask.Binary ? ["Score", "Probability"]
            : model.Description.HasQuantiles ? ["Score", DGatingQuantileModelParameters.QuantilesColumnName]
            : ["Score"];
        OutputFile.Write(path, temporary =>
        {
            using FileStream stream = File.Create(temporary);
            mlContext.Model.ConvertToOnnx(new TransformerChain<ITransformer>(scoring), rows, stream, outputs);
        });
    }

    private static void SaveNetwork(ITransformer predictor, string path)
    {
        switch (predictor)
        {
            case IPredictionTransformer<DGatingModelParameters<float>> scalar:
                scalar.Model.SaveAsOnnx(path);
                break;
            case IPredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector:
                vector.Model.SaveAsOnnx(path);
                break;
        }
    }
}
