using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Benchmarks;

/// <summary>Provides models of other trainers on the same rows, and the D-Gating model as an ONNX file in ML.NET.</summary>
/// <remarks>The other trainers have default settings.</remarks>
internal sealed class ScoringPeers : IDisposable
{
    private readonly MemoryStream _onnx = new();

    public ScoringPeers(ScoringCase test)
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = test.Context.MulticlassClassification.Trainers;
        IDataView training = test.Context.Data.TakeRows(test.Data, ScoringCase.TrainingRows);
        var options = new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 };
        FastTreeBinaryTrainer trees = test.Context.BinaryClassification.Trainers.FastTree(options);
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
