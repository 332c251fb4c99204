using Microsoft.ML;

namespace QuickStart;

/// <summary>The way of a model into an application: to a file and back.</summary>
/// <remarks>Loading and predicting need MLNet.DGating.Scoring only, no libtorch.</remarks>
internal static class SavedModel
{
    public static (ITransformer Model, long Bytes) RoundTrip(MLContext mlContext, ITransformer model, DataViewSchema inputSchema)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("quickstart");
        try
        {
            string path = Path.Combine(folder.FullName, "model.zip");
            mlContext.Model.Save(model, inputSchema, path);
            return (new MLContext().Model.Load(path, out _), new FileInfo(path).Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
