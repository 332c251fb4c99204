using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Benchmarks;

/// <summary>Models of ML.NET's other trainers on the same rows, with default settings, and our own as an ONNX file that ML.NET runs.</summary>
internal sealed class ScoringPeers : IDisposable
{
    private readonly MemoryStream _onnx = new();

    public ScoringPeers(ScoringCase test)
    {
        var trainers = test.Context.MulticlassClassification.Trainers;
        IDataView training = test.Context.Data.TakeRows(test.Data, ScoringCase.TrainingRows);
        FastTreeBinaryTrainer trees = test.Context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 });
        FastTree = trainers.OneVersusAll(trees).Fit(training);
        LightGbm = trainers.LightGbm().Fit(training);
        test.Model.Model.SaveAsOnnx(_onnx);
        _onnx.Position = 0;
        Onnx = test.Context.Transforms.ApplyOnnxModel(_onnx).Fit(test.Data);
    }

    public ITransformer FastTree { get; }

    public ITransformer LightGbm { get; }

    public ITransformer Onnx { get; }

    public byte[] OnnxBytes => _onnx.ToArray();

    public void Dispose()
    {
        (Onnx as IDisposable)?.Dispose();
        _onnx.Dispose();
    }
}
