using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;

namespace QuickStart;

/// <summary>Regression: what does a taxi trip cost?</summary>
internal static class FareExample
{
    private static readonly string[] s_categories = ["Vendor", "RateCode", "Payment"];

    public static void Run(MLContext mlContext)
    {
        string path = ExampleData.PathOf("taxi-fare.csv");
        IDataView trips = mlContext.Data.LoadFromTextFile<TaxiTrip>(path, separatorChar: ',', hasHeader: true);
        DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(trips, testFraction: 0.2);

        var features = mlContext.Transforms.Categorical.OneHotEncoding([.. s_categories.Select(name => new InputOutputColumnPair(name))])
            .Append(mlContext.Transforms.Concatenate("Features", ["Passengers", "Seconds", "Miles", .. s_categories]));

        var trainers = mlContext.Regression.Trainers;
        var comparison = new Comparison(
            "What is the fare? 99,999 taxi trips, 6 columns, 3 of them categories (taxi-fare.csv)", rows, "      R²     RMSE");
        var selected = comparison.Add("D-Gating", features.Append(trainers.DGating()), TestNetwork);
        comparison.Add("same network, all features", features.Append(trainers.DGating(lambda: 0)), TestNetwork);
        comparison.Add("FastTree", features.Append(trainers.FastTree()), model => Test(model, Features.All));

        Console.WriteLine();
        Console.Write(selected.LastTransformer.Model.FeatureSelection);

        (string, Features) TestNetwork(TransformerChain<RegressionPredictionTransformer<DGatingRegressionModelParameters>> model) =>
            Test(model, Features.Of(model.LastTransformer.Model.FeatureSelection));

        (string, Features) Test(ITransformer model, Features kept)
        {
            RegressionMetrics metrics = mlContext.Regression.Evaluate(model.Transform(rows.TestSet));
            return ($"{metrics.RSquared,8:f4} {metrics.RootMeanSquaredError,8:f2}", kept);
        }
    }
}
