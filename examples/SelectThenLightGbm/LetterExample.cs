using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace SelectThenLightGbm;

/// <summary>Many measured features: which letter was spoken?</summary>
internal static class LetterExample
{
    private const int Features = 617;
    private const int Slots = 300;

    public static void Run(MLContext mlContext, string path)
    {
        IDataView spoken = mlContext.Data.LoadFromTextFile(path,
            [new("Class", DataKind.Single, 0), new("Features", DataKind.Single, 1, Features)], separatorChar: ',', hasHeader: true);
        IDataView labelled = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(spoken).Transform(spoken);
        IDataView letters = mlContext.Data.Cache(labelled, "Label", "Features");
        DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(letters, testFraction: 0.2);

        var trainers = mlContext.MulticlassClassification.Trainers;
        var trees = mlContext.BinaryClassification.Trainers;
        new Comparison(mlContext, scored => mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy).Run(
            "Which letter was spoken? 1,560 recordings, 617 features (isolet.csv)", (rows.TrainSet, rows.TestSet), Slots,
            ("FastTree, one versus all", column => trainers.OneVersusAll(trees.FastTree(OneThread(column)))),
            ("LightGBM", column => trainers.LightGbm(featureColumnName: column)));
    }

    // Few trees, since there are 26 times as many; 1,250 rows are too few for more threads: they would wait for each other.
    private static FastTreeBinaryTrainer.Options OneThread(string column) => new()
    {
        FeatureColumnName = column, NumberOfTrees = 20, NumberOfThreads = 1,
    };
}
