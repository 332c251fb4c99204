using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Loads the larger data sets of the examples, with columns Label and Features and a fifth of the rows for testing.</summary>
internal static class ExampleData
{
    public static (IDataView Training, IDataView Test) Adult(MLContext context, string folder)
    {
        string[] categories =
        [
            "workclass", "education", "marital-status", "occupation", "relationship", "ethnicity", "sex", "native-country",
        ];
        string[] numbers = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"];
        return Prepare(context, Path.Combine(folder, "adult.csv"), "label(IsOver50K)", DataKind.Boolean, categories, numbers);
    }

    public static (IDataView Training, IDataView Test) Taxi(MLContext context, string folder) => Prepare(
        context, Path.Combine(folder, "taxi-fare.csv"), "fare_amount", DataKind.Single, ["vendor_id", "payment_type"],
        ["rate_code", "passenger_count", "trip_time_in_secs", "trip_distance"]);

    private static (IDataView Training, IDataView Test) Prepare(
        MLContext context, string path, string label, DataKind labelKind, string[] categories, string[] numbers)
    {
        string[] header = File.ReadLines(path).First().Split(',');
        TextLoader.Column[] columns =
        [
            new("Label", labelKind, Array.IndexOf(header, label)),
            .. categories.Select(name => new TextLoader.Column(name, DataKind.String, Array.IndexOf(header, name))),
            .. numbers.Select(name => new TextLoader.Column(name, DataKind.Single, Array.IndexOf(header, name))),
        ];
        IDataView file = context.Data.LoadFromTextFile(path, columns, separatorChar: ',', hasHeader: true);
        DataOperationsCatalog.TrainTestData rows = context.Data.TrainTestSplit(file, testFraction: 0.2, seed: 0);
        TransformerChain<ColumnConcatenatingTransformer> prepare = context.Transforms.Categorical
            .OneHotEncoding([.. categories.Select(name => new InputOutputColumnPair(name))])
            .Append(context.Transforms.Concatenate("Features", [.. categories, .. numbers]))
            .Fit(rows.TrainSet);
        return (prepare.Transform(rows.TrainSet), prepare.Transform(rows.TestSet));
    }
}
