using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;
using MLNet.DGating.Plots;

// Put your own table in the place of flats.csv, its columns into the class Flat, and their names into Concatenate.
var mlContext = new MLContext(seed: 1);
string path = Path.Combine(AppContext.BaseDirectory, "flats.csv");
IDataView flats = mlContext.Data.LoadFromTextFile<Flat>(path, separatorChar: ',', hasHeader: true);
var rows = mlContext.Data.TrainTestSplit(flats, testFraction: 0.2);

string[] columns = [nameof(Flat.Area), nameof(Flat.Rooms), nameof(Flat.Floor), nameof(Flat.Age), nameof(Flat.Distance), nameof(Flat.Door)];
var features = mlContext.Transforms.Concatenate("Features", columns).Fit(rows.TrainSet);

// The path from all features to none; the model has the fewest that predict held-out rows as well as the best count.
DGatingPath<RegressionPredictionTransformer<DGatingRegressionModelParameters>> found =
    mlContext.Regression.Trainers.DGating(labelColumnName: nameof(Flat.Rent)).FitPath(features.Transform(rows.TrainSet));
var model = features.Append(found.SparsestWithinOneStandardError);

RegressionMetrics metrics = mlContext.Regression.Evaluate(model.Transform(rows.TestSet), labelColumnName: nameof(Flat.Rent));
Console.WriteLine($"R² {metrics.RSquared:f3}, mean error {metrics.MeanAbsoluteError:f0} on flats that were not trained on.");
Console.WriteLine(model.LastTransformer.Model.FeatureSelection);

mlContext.Model.Save(model, flats.Schema, "flats.zip");
DGatingReport.Save("flats.html", "Rents", model.LastTransformer.Model.FeatureSelection, found);
Console.WriteLine("Written: flats.zip, which an application loads with MLNet.DGating.Scoring, and flats.html.");

internal sealed class Flat
{
    [LoadColumn(0)] public float Area { get; set; }

    [LoadColumn(1)] public float Rooms { get; set; }

    [LoadColumn(2)] public float Floor { get; set; }

    [LoadColumn(3)] public float Age { get; set; }

    [LoadColumn(4)] public float Distance { get; set; }

    [LoadColumn(5)] public float Door { get; set; }

    [LoadColumn(6)] public float Rent { get; set; }
}
