using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MLNet.DGating;

namespace QuickStart;

/// <summary>Multiclass classification with a count that is given: the ten proteins that tell eight groups of mice apart.</summary>
internal static class ProteinExample
{
    private const int Wanted = 10;

    // 860 rows are too few for more threads: they would wait for each other.
    private static readonly FastTreeBinaryTrainer.Options s_oneThread = new() { NumberOfThreads = 1 };

    public static void Run(MLContext mlContext)
    {
        // A loader that sees the file takes the slots' names from its header; LoadFromTextFile would leave them without.
        string path = ExampleData.PathOf("mice.csv");
        var sample = new MultiFileSource(path);
        IDataView mice = mlContext.Data.CreateTextLoader<Mouse>(separatorChar: ',', hasHeader: true, dataSample: sample).Load(path);
        DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(mice, testFraction: 0.2);

        var trainers = mlContext.MulticlassClassification.Trainers;
        var label = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Mouse.Class));
        var comparison = new Comparison(
            "Which of 8 groups is the mouse from? 1,080 mice, 77 proteins (mice.csv)", rows, "accuracy log-loss");
        comparison.Add("D-Gating", label.Append(trainers.DGating()), TestNetwork);
        var ten = comparison.Add($"D-Gating, {Wanted} features", label.Append(trainers.DGating(maximumFeatureCount: Wanted)), TestNetwork);
        comparison.Add("same network, all features", label.Append(trainers.DGating(lambda: 0)), TestNetwork);
        var trees = mlContext.BinaryClassification.Trainers.FastTree(s_oneThread);
        comparison.Add("FastTree, one versus all", label.Append(trainers.OneVersusAll(trees)), model => Test(model, Features.All));

        Console.WriteLine();
        Console.Write(ten.LastTransformer.Model.FeatureSelection);

        (string, Features) TestNetwork(TransformerChain<MulticlassPredictionTransformer<DGatingMulticlassModelParameters>> model) =>
            Test(model, Features.Of(model.LastTransformer.Model.FeatureSelection));

        (string, Features) Test(ITransformer model, Features kept)
        {
            MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(rows.TestSet));
            return ($"{metrics.MicroAccuracy,8:f4} {metrics.LogLoss,8:f4}", kept);
        }
    }
}
