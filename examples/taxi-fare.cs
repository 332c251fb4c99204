#:project ../src/MLNet.DGating/MLNet.DGating.csproj
#:package libtorch-cpu-linux-x64
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);
IDataView trips = mlContext.Data.LoadFromTextFile("examples/data/taxi-fare.csv",
    [new("Rate", DataKind.String, 1), new("Passengers", DataKind.Single, 2), new("Seconds", DataKind.Single, 3),
     new("Miles", DataKind.Single, 4), new("Payment", DataKind.String, 5), new("Label", DataKind.Single, 6)],
    separatorChar: ',', hasHeader: true);
var rows = mlContext.Data.TrainTestSplit(trips, testFraction: 0.2);

var pipeline = mlContext.Transforms.Categorical.OneHotEncoding([new("Rate"), new("Payment")])
    .Append(mlContext.Transforms.Concatenate("Features", "Rate", "Passengers", "Seconds", "Miles", "Payment"))
    .Append(mlContext.Regression.Trainers.DGating(maximumFeatureCount: 3));
var model = pipeline.Fit(rows.TrainSet);

Console.WriteLine($"R² {mlContext.Regression.Evaluate(model.Transform(rows.TestSet)).RSquared:f3}");
Console.WriteLine(model.LastTransformer.Model.FeatureSelection);
mlContext.Model.Save(model, trips.Schema, "fare.zip");
