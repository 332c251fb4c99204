using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using MLNet.DGating;
using QuickStart;
using Regression;

// Regression [ROWS]: the first so many rows of the file, which has 99,999.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long rowCount = args is [var count] ? long.Parse(count) : 20_000;
var clock = Stopwatch.StartNew();
Console.WriteLine("""
    What does a taxi trip cost? Six features of taxi-fare.csv, three of them categories: what a network needs of them,
    beside trees and a linear model, and what it does with things that are known beforehand.
    R² and RMSE (in dollars) are of a fifth of the rows, which no training has seen.
    """);

var mlContext = new MLContext(seed: 1);
IDataView trips = mlContext.Data.LoadFromTextFile<TaxiTrip>(ExampleData.PathOf("taxi-fare.csv"), separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(mlContext.Data.TakeRows(trips, rowCount), testFraction: 0.2);

// What the meter measures is one feature, and has one price. Prices are what asking a dispatcher for the data might cost.
var meter = FeatureGroups.OfColumns(["Seconds", "Miles"]);
var prices = new Dictionary<string, double> { ["Seconds"] = 3, ["RateCode"] = 2, ["Payment"] = 4, ["Passengers"] = 1, ["Vendor"] = 1 };

// With so many rows for six features there is nothing to memorise: no input noise, and no trial fits to choose it.
var table = new FareTable(mlContext, rows);
table.Add("as few as will do", new() { InputNoise = 0 });
FeatureSelectionReport two = table.Add("two features", new() { InputNoise = 0, MaximumFeatureCount = 2 });
table.Add("two, the vendor always kept", new() { InputNoise = 0, MaximumFeatureCount = 2, AlwaysKeep = ["Vendor"] });
table.Add("two, seconds and miles as one", new() { InputNoise = 0, MaximumFeatureCount = 2, Groups = meter });
table.Add("seconds and miles, a budget of 4", new() { InputNoise = 0, MaximumCost = 4, GroupCosts = prices, Groups = meter });
table.Add("all features", new DGatingRegressionTrainer.Options { InputNoise = 0, Lambda = 0 });
table.Add("FastTree", mlContext.Regression.Trainers.FastTree());
table.Add("SDCA, a linear model", mlContext.Transforms.NormalizeMeanVariance("Features").AppendCacheCheckpoint(mlContext)
    .Append(mlContext.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })));

Console.WriteLine();
Console.Write(two);
Console.WriteLine();
Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:f0} s on {Environment.ProcessorCount} processors.");
