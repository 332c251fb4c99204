using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.DGating;

namespace QuickStart;

/// <summary>Binary classification with categories and missing values: who earns more than 50,000 dollars a year?</summary>
internal static class IncomeExample
{
    private static readonly string[] s_categories =
        ["Workclass", "Education", "MaritalStatus", "Occupation", "Relationship", "Ethnicity", "Sex", "Country"];

    private static readonly string[] s_numbers = ["Age", "SampleWeight", "EducationYears", "CapitalGain", "CapitalLoss", "HoursPerWeek"];

    public static void Run(MLContext mlContext)
    {
        IDataView people = mlContext.Data.LoadFromTextFile<Person>(ExampleData.PathOf("adult.csv"), separatorChar: ',', hasHeader: true);
        DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(people, testFraction: 0.2);

        // "?" stands for missing. In a category it is one more value, since who does not answer differs; a number takes the mean.
        InputOutputColumnPair[] categories = [.. s_categories.Select(name => new InputOutputColumnPair(name))];
        InputOutputColumnPair[] numbers = [.. s_numbers.Select(name => new InputOutputColumnPair(name))];
        var features = mlContext.Transforms.Categorical.OneHotEncoding(categories)
            .Append(mlContext.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(mlContext.Transforms.Concatenate("Features", [.. s_numbers, .. s_categories]));

        var trainers = mlContext.BinaryClassification.Trainers;
        var comparison = new Comparison(
            "Income over 50,000 dollars? 32,561 people, 14 columns, 8 of them categories (adult.csv)", rows, "accuracy      AUC");
        comparison.Add("D-Gating", features.Append(trainers.DGating()), TestNetwork);
        var eight = comparison.Add("D-Gating, 8 features", features.Append(trainers.DGating(maximumFeatureCount: 8)), TestNetwork);
        comparison.Add("same network, all features", features.Append(trainers.DGating(lambda: 0)), TestNetwork);
        comparison.Add("FastTree", features.Append(trainers.FastTree()), model => Test(model, Features.All));

        Console.WriteLine();
        Console.Write(eight.LastTransformer.Model.FeatureSelection);
        Predict(mlContext, eight, people);

        (string, Features) TestNetwork(TransformerChain<BinaryPredictionTransformer<DGatingBinaryModelParameters>> model) =>
            Test(model, Features.Of(model.LastTransformer.Model.FeatureSelection));

        (string, Features) Test(ITransformer model, Features kept)
        {
            CalibratedBinaryClassificationMetrics metrics = mlContext.BinaryClassification.Evaluate(model.Transform(rows.TestSet));
            return ($"{metrics.Accuracy,8:f4} {metrics.AreaUnderRocCurve,8:f4}", kept);
        }
    }

    private static void Predict(MLContext mlContext, ITransformer model, IDataView people)
    {
        (ITransformer loaded, long bytes) = SavedModel.RoundTrip(mlContext, model, people.Schema);
        using PredictionEngine<Person, Prediction> engine = mlContext.Model.CreatePredictionEngine<Person, Prediction>(loaded);
        Person person = mlContext.Data.CreateEnumerable<Person>(people, reuseRowObject: false).First();
        Prediction prediction = engine.Predict(person);
        Console.WriteLine($"Saved ({bytes / 1024} KB), loaded, predicted: {person.Occupation}, {person.Age}, earns more than 50,000 " +
            $"with probability {prediction.Probability:f3} (answer: {person.IsOver50K}).");
    }

    private sealed class Prediction
    {
        public float Probability { get; set; }
    }
}
