using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;

namespace MLNet.DGating.Tool.Models;

/// <summary>A model as ONNX: the pipeline from the table's columns to predictions, or the network alone.</summary>
internal static class OnnxModel
{
    /// <summary>Writes a model as ONNX, with the columns that it depends on; also one of an older version, which has all.</summary>
    /// <exception cref="ToolException">A step of the pipeline has no form in ONNX.</exception>
    public static void Save(MLContext mlContext, ModelFile model, string path, bool networkOnly) => OutputFile.Write(path, temporary =>
    {
        DGatingPrunedModel pruned = mlContext.Model.Prune(model.Model, model.InputSchema);
        if (networkOnly)
        {
            SaveNetwork(pruned.Model.Last(step => step is ISingleFeaturePredictionTransformer<object>), temporary);
            return;
        }

        try
        {
            pruned.SaveAsOnnx(temporary);
        }
        catch (NotSupportedException fault)
        {
            throw ToolException.Input($"{fault.Message} With --network it is exported alone.", fault);
        }
    });

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
