using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Examples.Tests;

/// <summary>A model that was trained, not made up, goes through ONNX and back into ML.NET.</summary>
public sealed class OnnxTests
{
    [Fact]
    public void AFittedModel_ScoresTheSameAsOnnx()
    {
        var mlContext = new MLContext(seed: 1);
        string path = Repository.PathOf("examples", "data", "mice.csv");
        IDataView mice = mlContext.Data
            .CreateTextLoader<Mouse>(separatorChar: ',', hasHeader: true, dataSample: new MultiFileSource(path)).Load(path);
        IDataView rows = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Mouse.Class)).Fit(mice).Transform(mice);
        MulticlassPredictionTransformer<DGatingMulticlassModelParameters> model =
            mlContext.MulticlassClassification.Trainers.DGating(maximumFeatureCount: 10).Fit(rows);

        string file = Path.Combine(Directory.CreateTempSubdirectory("onnx").FullName, "mice.onnx");
        try
        {
            model.Model.SaveAsOnnx(file);
            IDataView expected = model.Transform(rows);
            IDataView actual = mlContext.Transforms.ApplyOnnxModel(file).Fit(rows).Transform(rows);
            float[] expectedScores = [.. expected.GetColumn<float[]>("Score").SelectMany(score => score)];
            float[] actualScores = [.. actual.GetColumn<float[]>("Score").SelectMany(score => score)];
            Assert.Equal(8 * 1080, actualScores.Length);
            for (int i = 0; i < expectedScores.Length; i++)
            {
                Assert.Equal(expectedScores[i], actualScores[i], 1e-5);
            }

            uint[] labels = [.. actual.GetColumn<uint[]>("PredictedLabel").Select(label => label[0])];
            Assert.Equal(expected.GetColumn<uint>("PredictedLabel"), labels);
            Assert.Equal(8, labels.Distinct().Count());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private sealed class Mouse
    {
        [LoadColumn(0)] public float Class { get; set; }

        [LoadColumn(1, 77), VectorType(77)] public float[] Features { get; set; } = [];
    }
}
