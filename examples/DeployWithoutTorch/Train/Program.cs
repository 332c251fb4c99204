using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// Makes the model that ../Score applies: the fare of a taxi ride, from three of five columns.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [string data, string zip])
{
    Console.Error.WriteLine("Usage: Train DATA.csv MODEL.zip, where DATA.csv is examples/data/taxi-fare.csv.");
    return 2;
}

var mlContext = new MLContext(seed: 1);
IDataView rides = mlContext.Data.LoadFromTextFile(data,
    [new("rate_code", DataKind.String, 1), new("passenger_count", DataKind.Single, 2), new("trip_time_in_secs", DataKind.Single, 3),
     new("trip_distance", DataKind.Single, 4), new("payment_type", DataKind.String, 5), new("Label", DataKind.Single, 6)],
    separatorChar: ',', hasHeader: true);
DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(rides, testFraction: 0.2);

var model = mlContext.Transforms.Categorical.OneHotEncoding([new("rate_code"), new("payment_type")])
    .Append(mlContext.Transforms.Concatenate(
        "Features", "rate_code", "passenger_count", "trip_time_in_secs", "trip_distance", "payment_type"))
    .Append(mlContext.Regression.Trainers.DGating(maximumFeatureCount: 3))
    .Fit(rows.TrainSet);
mlContext.Model.Save(model, rides.Schema, zip);

Console.WriteLine(model.LastTransformer.Model.FeatureSelection);
double rSquared = mlContext.Regression.Evaluate(model.Transform(rows.TestSet)).RSquared;
double kilobytes = new FileInfo(zip).Length / 1024.0;
Console.WriteLine($"R² {rSquared:f3} on a fifth of the rows. Saved as {zip} ({kilobytes:f0} kB).");
return 0;
